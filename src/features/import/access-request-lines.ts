// Lines of access requests. One that is here already is never changed by an import: answering is for the customer's people.
import { parseEmailAddress } from '../../kernel/email-address.ts'
import { completeItems, itemOnLine, itemReferences, itemValues, sorted } from './access-request-items.ts'
import {
  type AccessRequestRow,
  type AccessRequestValues,
  accessRequestsById,
  addAccessRequests,
  waitingItems,
} from './access-requests-store.ts'
import { noteChanges } from './places-store.ts'
import type { Reference, Things } from './references.ts'
import { requestId } from './things-store.ts'
import { canonical, isLineFault, type LineFault, type WorldKind } from './world-kind.ts'
import type { LineOf } from './world-lines.ts'

type AccessRequestLine = LineOf<'access_request'>
/** The interface and files say waiting; the table says pending. */
const inTable = (state: string) => (state === 'waiting' ? 'pending' : state)

export function accessRequestLine(row: AccessRequestRow, id = row.id): AccessRequestLine {
  return {
    kind: 'access_request',
    id,
    partner: row.partner,
    askedBy: row.asked_by,
    addressedTo: row.addressed_to,
    customer: row.customer,
    toCustomer: row.to_customer,
    endsOn: row.ends_on,
    reason: row.reason,
    state: (row.state === 'pending' ? 'waiting' : row.state) as AccessRequestLine['state'],
    askedAt: row.asked_at.toISOString(),
    lapsesAt: row.lapses_at.toISOString(),
    answered: row.answered_at ? { at: row.answered_at.toISOString(), by: row.answered_by, reason: row.answer_reason } : null,
    items: sorted(row.items.map((item) => itemOnLine(item, row.state === 'pending' && row.customer !== null))),
  }
}

const person = (id: string, field: string): Reference => ({ to: 'person', id, field })
const partner = (line: AccessRequestLine): Reference => ({ to: 'partner', id: line.partner, field: 'partner' })
const customer = (line: AccessRequestLine): Reference => ({ to: 'customer', id: line.customer ?? '', field: 'customer' })

export const accessRequestLines: WorldKind<AccessRequestLine> = {
  keyOf: (line) => line.id,
  alsoUnique: (line) =>
    line.items.flatMap((item, place) => {
      if (line.state !== 'waiting' || !line.customer || item.takenOver) return []
      return [{ key: `waiting ${canonical([line.customer, line.partner, item.person])}`, field: `items.${place}` }]
    }),
  references: (line) => [
    partner(line),
    ...(line.customer ? [customer(line)] : []),
    person(line.askedBy, 'askedBy'),
    ...(line.answered?.by ? [person(line.answered.by, 'answered.by')] : []),
    ...itemReferences(line),
  ],
  standing: async (tx, lines) => {
    const names = new Map(lines.map((line) => [requestId(line.id), line.id]))
    const rows = await accessRequestsById(tx, [...names.keys()])
    return new Map(rows.map((row) => [names.get(row.id) ?? row.id, { line: accessRequestLine(row, names.get(row.id)), id: row.id }]))
  },
  inTheWay: async (tx, lines, { things }) => {
    const customers = lines.flatMap((line) => (line.customer ? [things.find(customer(line))?.id ?? ''] : [])).filter((id) => id !== '')
    const waiting = new Map(
      (await waitingItems(tx, customers)).map((item) => [JSON.stringify([item.customer, item.partner, item.person]), item.request]),
    )
    return new Map(
      lines.flatMap((line): [string, LineFault][] => {
        if (line.state !== 'waiting' || !line.customer) return []
        const place = line.items.findIndex((item) => {
          if (item.takenOver) return false
          const key = [
            things.find(customer(line))?.id,
            things.find(partner(line))?.id,
            item.person ? things.find(person(item.person, ''))?.id : null,
          ]
          const request = waiting.get(JSON.stringify(key))
          return request !== undefined && request !== requestId(line.id)
        })
        return place < 0
          ? []
          : [
              [
                line.id,
                {
                  field: `items.${place}`,
                  expected: 'expected a person who is not asked for already: another request waits',
                  conflict: true,
                },
              ],
            ]
      }),
    )
  },
  complete: (line, standing, given) => {
    if (['approved', 'denied'].includes(line.state) && !line.answered)
      return { field: 'answered', expected: `expected who answered: the request is ${line.state}` }
    const items = completeItems(line, given)
    if (isLineFault(items)) return items
    const toCustomer = line.toCustomer ?? false
    const addressedTo = toCustomer ? line.addressedTo : (parseEmailAddress(line.addressedTo) ?? line.addressedTo)
    const whole = { ...line, addressedTo, customer: line.customer ?? null, toCustomer, answered: line.answered ?? null, items }
    if (!standing || canonical(standing.line) === canonical(whole)) return whole
    return { field: 'id', expected: 'expected the request as it is here: an import answers and changes none', conflict: true }
  },
  save: async (tx, run, changes, { things }) => {
    const requests = changes.map(({ line }) => requestValues(line, things))
    const items = changes.flatMap(({ line }) => itemValues(line, things, standsBefore(line, things)))
    await addAccessRequests(tx, requests, items)
    await noteChanges(
      tx,
      run,
      'access_requests',
      requests.map(({ id }) => [id]),
      new Map(),
    )
    await noteChanges(
      tx,
      run,
      'access_request_items',
      items.map(({ id }) => [id]),
      new Map(),
    )
  },
}

/** Before whom the request waits, by our ids; null: nobody. */
const standsBefore = (line: AccessRequestLine, things: Things) =>
  line.state === 'waiting' && line.customer ? { customer: things.get(customer(line)).id, partner: things.get(partner(line)).id } : null

function requestValues(line: AccessRequestLine, things: Things): AccessRequestValues {
  return {
    id: requestId(line.id),
    partner_id: things.get(partner(line)).id,
    asked_by: things.get(person(line.askedBy, 'askedBy')).id,
    addressed_to: line.addressedTo,
    customer_id: line.customer ? things.get(customer(line)).id : null,
    to_customer: line.toCustomer ?? false,
    ends_on: line.endsOn,
    reason: line.reason,
    state: inTable(line.state),
    asked_at: line.askedAt,
    lapses_at: line.lapsesAt,
    answered_by: line.answered?.by ? things.get(person(line.answered.by, '')).id : null,
    answered_at: line.answered?.at ?? null,
    answer_reason: line.answered?.reason ?? null,
  }
}
