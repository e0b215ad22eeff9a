// Lines of choices, links and whose word counts: what people said to one another and chose for themselves.
import { randomUUID } from 'node:crypto'
import { noticesOf } from '../subscriptions/rules.ts'
import { findThings } from './find-things.ts'
import { strangers } from './homes-said.ts'
import { type LinkRow, linksOf, type NoticeChoiceRow, noticeChoicesOf, saveKept, type ValidatedRow, validatedOf } from './kept-store.ts'
import { organizationReference, type Reference } from './references.ts'
import { expectedOne, type LineFault, onlyTrusted, or, type Standing, type WorldKind } from './world-kind.ts'
import type { LineOf, OrganizationReference } from './world-lines.ts'

const customer = (id: string): Reference => ({ to: 'customer', id, field: 'customer' })
const partner = (id: string): Reference => ({ to: 'partner', id, field: 'partner' })
const person = (id: string, field = 'person'): Reference => ({ to: 'person', id, field })
const personIf = (id: string | null | undefined, field: string): Reference[] => (id ? [person(id, field)] : [])

/** What stands there of the lines, by the key of the line that it would be. */
const byKey = <Line, Row>(rows: readonly Row[], lineOf: (row: Row) => Line, keyOf: (line: Line) => string, idOf: (row: Row) => string) =>
  new Map(rows.map((row): [string, Standing<Line>] => [keyOf(lineOf(row)), { line: lineOf(row), id: idOf(row) }]))

type ValidatedLine = LineOf<'validated_contact'>
const homeOf = ({ side, home }: ValidatedRow): OrganizationReference => ({ [side]: home }) as unknown as OrganizationReference
export const validatedLine = (row: ValidatedRow): ValidatedLine => ({
  kind: 'validated_contact',
  home: homeOf(row),
  person: row.person,
  at: row.at.toISOString(),
})
const marked = (line: ValidatedLine) => ({ person: person(line.person), home: organizationReference(line.home, 'home') })
const validatedKey = ({ home, person: who }: ValidatedLine) => JSON.stringify([home, who])

export const validatedContactLines: WorldKind<ValidatedLine> = {
  keyOf: validatedKey,
  references: (line) => [organizationReference(line.home, 'home'), person(line.person)],
  standing: async (tx, lines) => {
    const people = lines.map((line) => person(line.person))
    const things = await findThings(tx, people)
    const ids = people.flatMap((one) => things.find(one)?.id ?? [])
    return byKey(await validatedOf(tx, ids), validatedLine, validatedKey, ({ person: id }) => id)
  },
  inTheWay: async (tx, lines, given) => {
    const isStranger = await strangers(tx, lines.map(marked), given, 'now')
    const expected = 'expected somebody who is at home there'
    return new Map(
      lines
        .filter((line) => isStranger(marked(line)))
        .map((line): [string, LineFault] => [validatedKey(line), { field: 'person', expected }]),
    )
  },
  // Whose word counts is for their organization to say.
  complete: (line, standing, { now, grants }) =>
    standing || grants === 'trusted'
      ? { ...line, at: or(line.at, standing?.line.at, now) }
      : onlyTrusted('person', 'expected a contact who is validated here'),
  save: (tx, run, changes, { things, now }) =>
    saveKept(
      tx,
      run,
      'validated_contacts',
      changes.map(({ line }) => ({
        organization_id: things.get(organizationReference(line.home, 'home')).id,
        contact_id: things.get(person(line.person)).id,
        validated_at: line.at ?? now,
      })),
    ),
}

type NoticeChoiceLine = LineOf<'notice_choice'>
export const noticeChoiceLine = (row: NoticeChoiceRow): NoticeChoiceLine => ({
  kind: 'notice_choice',
  person: row.person,
  customer: row.customer,
  notice: row.notice,
  way: row.way,
  at: row.at.toISOString(),
})
const noticeKey = ({ person: who, customer: of, notice }: NoticeChoiceLine) => JSON.stringify([who, of, notice])

export const noticeChoiceLines: WorldKind<NoticeChoiceLine> = {
  keyOf: noticeKey,
  references: (line) => [person(line.person), customer(line.customer)],
  misfit: ({ notice }, law) => {
    const known = noticesOf(law)
    return known.some(({ code }) => code === notice) ? undefined : { field: 'notice', expected: expectedOne('a notice', known) }
  },
  standing: async (tx, lines) => {
    const people = lines.map((line) => person(line.person))
    const things = await findThings(tx, people)
    const ids = people.flatMap((one) => things.find(one)?.id ?? [])
    return byKey(await noticeChoicesOf(tx, ids), noticeChoiceLine, noticeKey, ({ person: id }) => id)
  },
  complete: (line, standing, { now }) => ({ ...line, at: or(line.at, standing?.line.at, now) }),
  save: (tx, run, changes, { things, now }) =>
    saveKept(
      tx,
      run,
      'notice_choices',
      changes.map(({ line }) => ({
        person_id: things.get(person(line.person)).id,
        customer_id: things.get(customer(line.customer)).id,
        notice: line.notice,
        way: line.way,
        chosen_at: line.at ?? now,
      })),
    ),
}

type LinkLine = LineOf<'link'>
export const linkLine = (row: LinkRow): LinkLine => ({
  kind: 'link',
  customer: row.customer,
  partner: row.partner,
  state: row.state,
  askedBy: row.asked_by,
  askedAt: row.asked_at.toISOString(),
  answered: row.answered_at ? { at: row.answered_at.toISOString(), by: row.answered_by } : null,
})
const linkKey = ({ customer: of, partner: to, askedAt }: LinkLine) => JSON.stringify([of, to, askedAt])

const pairOf = ({ customer: of, partner: to }: LinkLine) => JSON.stringify([of, to])

export const linkLines: WorldKind<LinkLine> = {
  keyOf: linkKey,
  references: (line) => [
    customer(line.customer),
    partner(line.partner),
    ...personIf(line.askedBy, 'askedBy'),
    ...personIf(line.answered?.by, 'answered.by'),
  ],
  standing: async (tx, lines) => {
    const of = lines.map((line) => customer(line.customer))
    const things = await findThings(tx, of)
    const ids = of.flatMap((one) => things.find(one)?.id ?? [])
    return byKey(await linksOf(tx, ids), linkLine, linkKey, ({ id }) => id)
  },
  // Between the two at most one is asked for or stands.
  alsoUnique: (line) => (line.state === 'denied' ? [] : [{ key: pairOf(line), field: 'state' }]),
  inTheWay: async (tx, lines, { things }) => {
    const rows = await linksOf(
      tx,
      lines.flatMap((line) => things.find(customer(line.customer))?.id ?? []),
    )
    const open = rows.filter(({ state }) => state !== 'denied').map(linkLine)
    const taken = lines.filter(
      (line) => line.state !== 'denied' && open.some((one) => pairOf(one) === pairOf(line) && one.askedAt !== line.askedAt),
    )
    const expected = 'expected a pair that has no other link that stands or is asked for'
    return new Map(taken.map((line): [string, LineFault] => [linkKey(line), { field: 'state', expected, conflict: true }]))
  },
  // Linked, a partner asks by name and gets to know what can be asked for: that is for whoever answers here to say.
  complete: (line, standing, { grants }) => {
    if (line.state === 'standing' && standing?.line.state !== 'standing' && grants !== 'trusted')
      return onlyTrusted('state', 'expected a link that is asked for or denied')
    return { ...line, askedBy: or(line.askedBy, standing?.line.askedBy, null), answered: line.answered ?? null }
  },
  save: (tx, run, changes, { things }) =>
    saveKept(
      tx,
      run,
      'links',
      changes.map(({ line, standing }) => ({
        id: standing?.id ?? randomUUID(),
        customer_id: things.get(customer(line.customer)).id,
        partner_id: things.get(partner(line.partner)).id,
        state: line.state,
        asked_by: line.askedBy ? things.get(person(line.askedBy)).id : null,
        asked_at: line.askedAt,
        answered_by: line.answered?.by ? things.get(person(line.answered.by)).id : null,
        answered_at: line.answered?.at ?? null,
      })),
    ),
}
