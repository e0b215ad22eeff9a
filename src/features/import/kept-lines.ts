// Lines of choices, links and whose word counts: what people said to one another and chose for themselves.
import { randomUUID } from 'node:crypto'
import { noticesOf } from '../subscriptions/rules.ts'
import { findThings } from './find-things.ts'
import {
  type ColleagueChoiceRow,
  colleagueChoicesOf,
  type LinkRow,
  linksOf,
  type NoticeChoiceRow,
  noticeChoicesOf,
  saveKept,
  type ValidatedRow,
  validatedOf,
} from './kept-store.ts'
import { organizationReference, type Reference } from './references.ts'
import { expectedOne, type LineFault, or, type Standing, type WorldKind } from './world-kind.ts'
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
  complete: (line, standing, { now }) => ({ ...line, at: or(line.at, standing?.line.at, now) }),
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

type ColleagueChoiceLine = LineOf<'colleague_choice'>
export const colleagueChoiceLine = (row: ColleagueChoiceRow): ColleagueChoiceLine => ({
  kind: 'colleague_choice',
  customer: row.customer,
  choice: row.choice,
  chosenBy: row.by,
  from: row.from_at.toISOString(),
  until: row.until_at?.toISOString() ?? null,
})
/** A line with an end is about the choice of that start; one without is about the one that counts. */
const colleagueKey = ({ customer: of, from, until }: ColleagueChoiceLine) => JSON.stringify([of, until ? (from ?? null) : null])

export const colleagueChoiceLines: WorldKind<ColleagueChoiceLine> = {
  keyOf: colleagueKey,
  references: (line) => [customer(line.customer), ...personIf(line.chosenBy, 'chosenBy')],
  standing: async (tx, lines) => {
    const of = lines.map((line) => customer(line.customer))
    const things = await findThings(tx, of)
    const ids = of.flatMap((one) => things.find(one)?.id ?? [])
    return byKey(await colleagueChoicesOf(tx, ids), colleagueChoiceLine, colleagueKey, ({ id }) => id)
  },
  complete: (line, standing, { now }) => {
    const before = standing?.line
    const whole = {
      ...line,
      chosenBy: or(line.chosenBy, before?.chosenBy, null),
      from: or(line.from, before?.from, now),
      until: or(line.until, before?.until, null),
    }
    return whole.until !== null && whole.until < whole.from ? { field: 'until', expected: 'expected an instant not before from' } : whole
  },
  save: (tx, run, changes, { things, now }) =>
    saveKept(
      tx,
      run,
      'colleague_choices',
      changes.map(({ line, standing }) => ({
        id: standing?.id ?? randomUUID(),
        customer_id: things.get(customer(line.customer)).id,
        choice: line.choice,
        chosen_by: line.chosenBy ? things.get(person(line.chosenBy)).id : null,
        from_at: line.from ?? now,
        until_at: line.until ?? null,
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
  complete: (line, standing) => ({
    ...line,
    askedBy: or(line.askedBy, standing?.line.askedBy, null),
    answered: line.answered ?? null,
  }),
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
