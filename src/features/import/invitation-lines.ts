// Lines of invitations. One that is here already is never changed by an import: answering is for the partner's people.
import { allowancesOf } from '../../law/law.ts'
import { strangers } from './homes-said.ts'
import { type InvitationRow, invitationsById, saveKept, waitingInvitationsOf } from './kept-store.ts'
import type { Reference } from './references.ts'
import { importedId } from './things-store.ts'
import { canonical, expectedOne, type LineFault, onlyTrusted, type WorldKind } from './world-kind.ts'
import type { LineOf } from './world-lines.ts'

type InvitationLine = LineOf<'invitation'>
const idOf = (name: string) => importedId('invitation', name)

export const invitationLine = (row: InvitationRow, id = row.id): InvitationLine => ({
  kind: 'invitation',
  id,
  customer: row.customer,
  partner: row.partner,
  gives: row.gives,
  until: row.until_at.toISOString(),
  state: row.state,
  invitedBy: row.invited_by,
  invitedAt: row.invited_at.toISOString(),
  lapsesAt: row.lapses_at.toISOString(),
  answered: row.answered_at ? { at: row.answered_at.toISOString(), by: row.answered_by, reason: row.answer_reason } : null,
})

const customer = (line: InvitationLine): Reference => ({ to: 'customer', id: line.customer, field: 'customer' })
const partner = (line: InvitationLine): Reference => ({ to: 'partner', id: line.partner, field: 'partner' })
const person = (id: string, field: string): Reference => ({ to: 'person', id, field })
const sender = (line: InvitationLine) => ({ person: person(line.invitedBy, 'invitedBy'), home: customer(line) })
const pairOf = ({ customer: of, partner: to }: InvitationLine) => JSON.stringify([of, to])

export const invitationLines: WorldKind<InvitationLine> = {
  keyOf: ({ id }) => id,
  references: (line) => [
    customer(line),
    partner(line),
    person(line.invitedBy, 'invitedBy'),
    ...(line.answered?.by ? [person(line.answered.by, 'answered.by')] : []),
  ],
  misfit: ({ gives }, law) => {
    const known = allowancesOf(law)
    const codes = known.map(({ code }) => code)
    const place = gives.findIndex((code) => !codes.includes(code))
    return place < 0 ? undefined : { field: `gives.${place}`, expected: expectedOne('something that can be given', known) }
  },
  standing: async (tx, lines) => {
    const names = new Map(lines.map(({ id }) => [idOf(id), id]))
    const rows = await invitationsById(tx, [...names.keys()])
    return new Map(rows.map((row) => [names.get(row.id) ?? row.id, { line: invitationLine(row, names.get(row.id)), id: row.id }]))
  },
  // Of one customer at most one waits before a partner.
  alsoUnique: (line) => (line.state === 'waiting' ? [{ key: pairOf(line), field: 'state' }] : []),
  inTheWay: async (tx, lines, given) => {
    const { things } = given
    const isStranger = await strangers(tx, lines.map(sender), given, 'ever')
    const waiting = (
      await waitingInvitationsOf(
        tx,
        lines.flatMap((line) => things.find(customer(line))?.id ?? []),
      )
    ).map((row) => invitationLine(row))
    const taken = lines.filter(
      (line) => line.state === 'waiting' && waiting.some((one) => pairOf(one) === pairOf(line) && one.id !== idOf(line.id)),
    )
    const expected = 'expected a partner before whom no other invitation of the customer waits'
    const others = lines.filter((line) => isStranger(sender(line)))
    return new Map([
      ...taken.map((line): [string, LineFault] => [line.id, { field: 'state', expected, conflict: true }]),
      ...others.map((line): [string, LineFault] => [line.id, { field: 'invitedBy', expected: "expected one of the customer's people" }]),
    ])
  },
  // Accepting one gives access at once: nobody here confirms it first, so that without trust none waits that was not sent here.
  complete: (line, standing, { grants }) => {
    const whole = { ...line, answered: line.answered ?? null }
    if (!standing && line.state === 'waiting' && grants !== 'trusted')
      return onlyTrusted('state', 'expected an invitation that is answered')
    if (!standing || canonical(standing.line) === canonical(whole)) return whole
    return { field: 'id', expected: 'expected the invitation as it is here: an import answers and changes none', conflict: true }
  },
  save: (tx, run, changes, { things }) =>
    saveKept(
      tx,
      run,
      'invitations',
      changes.map(({ line }) => ({
        id: idOf(line.id),
        customer_id: things.get(customer(line)).id,
        partner_id: things.get(partner(line)).id,
        gives: line.gives,
        until_at: line.until,
        state: line.state,
        invited_by: things.get(person(line.invitedBy, '')).id,
        invited_at: line.invitedAt,
        lapses_at: line.lapsesAt,
        answered_by: line.answered?.by ? things.get(person(line.answered.by, '')).id : null,
        answered_at: line.answered?.at ?? null,
        answer_reason: line.answered?.reason ?? null,
      })),
    ),
}
