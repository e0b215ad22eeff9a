// Every portal's demo world: it comes in without a fault, somebody holds each role, and people of both sides see what is theirs and no more.
import { afterAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { createContext } from '../../context/context.ts'
import type { OrganizationId, PersonId, SessionId } from '../../kernel/ids.ts'
import type { PersonActor } from '../../law/actors.ts'
import { type EmptyPortal, emptyPortal } from './portal.test-support.ts'
import { seedDemo } from './seed-demo.ts'

interface PersonRow {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly organization: string
  readonly side: PersonActor['side']
  readonly roles: string[]
  readonly held: string[]
}

const everybody = ({ rows }: EmptyPortal) =>
  rows<PersonRow>(`select p.id, p.name, p.email, o.id as organization, o.kind as side, m.roles,
    m.roles || array(select role from membership_sites s where s.membership_id = m.id) as held
    from people p join memberships m on m.person_id = p.id and m.until_at is null join organizations o on o.id = m.organization_id order by p.email`)

/** The records that the database lets a person read, as "kind id". */
async function seenBy({ house }: EmptyPortal, { id, name, email, organization, side, roles }: PersonRow): Promise<string[]> {
  const actor: PersonActor = {
    kind: 'person',
    personId: id as PersonId,
    name,
    email,
    organizationId: organization as OrganizationId,
    organizationName: organization,
    side,
    roles,
    sessionId: id as string as SessionId,
  }
  return createContext(house, actor, 'test').reading('self:manage', { kind: 'self' }, async (tx) =>
    (await tx.sql.selectFrom('records').select(['kind', 'external_id']).execute()).map((row) => `${row.kind} ${row.external_id}`),
  )
}

/** On no page of their own: what counts is whom they name. */
const onNoPage = ['service_order_line', 'service_order_operation']

describe.each(databaseKinds)('on %s', (kind) => {
  const open: (() => Promise<void>)[] = []
  afterAll(async () => {
    for (const close of open) await close()
  })

  test.each(['support-desk', 'standard', 'telephony-account', 'managed-services', 'field-service'])(
    'the demo world of %s: every role is held, every kind of record is read by somebody, and nobody but by right',
    async (name) => {
      const portal = await emptyPortal(kind, name)
      open.push(portal.close)
      expect((await seedDemo(portal.house))?.faults).toBe(0)
      const people = await everybody(portal)
      const held = new Set(people.flatMap((person) => person.held))
      expect([...portal.house.law.homeRoles.keys()].filter((role) => role !== 'operator' && !held.has(role))).toEqual([])

      const sights = new Map<PersonRow, string[]>()
      for (const person of people) sights.set(person, await seenBy(portal, person))
      const all = await portal.rows<{ kind: string; external_id: string }>('select kind, external_id from records')
      const kinds = new Set([...sights.values()].flat().map((one) => one.split(' ')[0]))
      expect([...portal.house.law.kinds.keys()].filter((one) => !kinds.has(one))).toEqual(
        [...portal.house.law.kinds.keys()].filter((one) => onNoPage.includes(one)),
      )
      for (const side of ['customer', 'partner'] as const) {
        const ofSide = [...sights].filter(([person]) => person.side === side).map(([, seen]) => seen.length)
        expect(Math.max(...ofSide), side).toBeGreaterThan(0)
        expect(Math.min(...ofSide), side).toBeLessThan(all.length)
      }
      const staff = [...sights].filter(([{ side, roles }]) => side === 'vendor' && roles.includes('operator'))
      expect(staff.flatMap(([, seen]) => seen)).toEqual([])
    },
  )

  test('a portal without a demo world says so, and stays empty', async () => {
    const portal = await emptyPortal(kind, 'certification')
    open.push(portal.close)
    await expect(seedDemo(portal.house)).rejects.toThrow('There is no demo world for the portal certification')
    expect(await portal.rows('select from organizations')).toEqual([])
  })
})
