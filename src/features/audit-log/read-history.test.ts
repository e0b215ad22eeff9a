// The history shows each side what concerns it, newest first, in pages, and tells a partner nothing about whom it asked.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestOrganization, type TestPerson, type World } from '../../../test/world.ts'
import { submitAccessRequest } from '../access-requests/submit-access-request.ts'
import { readHistory } from './read-history.ts'

for (const kind of databaseKinds) {
  let world: World
  let acme: TestOrganization
  let larkfield: TestOrganization
  let dana: TestPerson
  let priya: TestPerson

  beforeAll(async () => {
    world = await createWorld(kind)
    acme = await world.customer()
    larkfield = await world.partner()
    dana = await world.person(acme, 'Dana Lee', ['contact_manager'])
    priya = await world.person(larkfield, 'Priya Raman', ['consultant', 'partner_administrator'])
    await world.relationship(acme, larkfield)
    world.setClock('2026-11-19T10:00:00.000Z')
    const items = [{ personId: null, level: 'look' }]
    await submitAccessRequest(world.as(priya), { contactManagerEmail: dana.email, items, endsOn: '2027-03-01', reason: 'The migration' })
    world.setClock('2026-11-21T10:00:00.000Z')
    await note('grant.given', '2026-11-20T22:59:59Z', {
      by: dana,
      customer: acme,
      partner: larkfield,
      detail: { number: 7, partner: larkfield.name, level: 'look' },
    })
    await note('grant.removed', '2026-11-20T23:00:00Z', {
      by: dana,
      customer: acme,
      partner: larkfield,
      detail: { number: 7, partner: larkfield.name, level: 'look' },
    })
    await note('grant.given', '2026-11-21T09:00:00Z', {
      by: dana,
      customer: await world.customer('Borealis'),
      partner: await world.partner('Bright Field'),
      detail: {},
    })
    await note('letters.claimed', '2026-11-21T09:30:00Z', { customer: acme, detail: {} })
  })
  afterAll(() => world?.close())

  interface Noted {
    by?: TestPerson
    customer: TestOrganization
    partner?: TestOrganization
    detail: Record<string, unknown>
  }
  const note = (what: string, at: string, { by, customer, partner, detail }: Noted) =>
    world.stage.owner.query(
      `insert into audit_entries (at, what, actor_kind, actor_id, actor_name, actor_organization_id, customer_id, partner_id, detail)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        at,
        what,
        by ? 'person' : 'system',
        by?.id ?? null,
        by?.name ?? 'delivery',
        by?.organization.id ?? null,
        customer.id,
        partner?.id ?? null,
        JSON.stringify(detail),
      ],
    )
  const whats = async (person: TestPerson, wanted: object = {}) =>
    (await readHistory(world.as(person), { limit: 50, ...wanted })).items.map(({ what }) => what)

  test(`each side sees what concerns it, newest first, and nothing of others (${kind})`, async () => {
    expect(await whats(dana)).toEqual(['grant.removed', 'grant.given', 'access_request.asked'])
    expect(await whats(priya)).toEqual(['grant.removed', 'grant.given', 'access_request.asked'])
    const { items } = await readHistory(world.as(dana), { limit: 1 })
    expect(items[0]?.sentence).toBe(
      'Dana Lee (Acme Robotics) removed the access of everyone at Larkfield Consulting: See all requests (A-7).',
    )
    expect(items[0]).toMatchObject({
      at: '2026-11-20T23:00:00.000Z',
      who: { kind: 'person', name: 'Dana Lee', organization: 'Acme Robotics' },
    })
    const other = await world.person(await world.partner('Third'), 'Uma', ['partner_administrator'])
    expect(await whats(other)).toEqual([])
  })

  test(`an operator's key sees everything (${kind})`, async () => {
    const { items } = await readHistory(world.withKey(world.vendor, true), { limit: 50 })
    expect(items.map(({ what }) => what).sort()).toEqual([
      'access_request.asked',
      'access_request.asked',
      'grant.given',
      'grant.given',
      'grant.removed',
    ])
  })

  test(`whoever may not read the history is refused (${kind})`, async () => {
    const contact = await world.person(acme, 'Carl', ['contact'])
    await expect(whats(contact)).rejects.toMatchObject({ name: 'Refusal' })
    await expect(readHistory(world.withKey(acme), { limit: 5 })).rejects.toMatchObject({ name: 'Refusal' })
    await expect(readHistory(world.asActor({ kind: 'nobody' }), { limit: 5 })).rejects.toMatchObject({ code: 'not-signed-in' })
  })

  test(`days are meant in the reader's own time zone (${kind})`, async () => {
    // In Madrid the second entry is of the 20th and the third, one second later, of the 21st.
    expect(await whats(dana, { from: '2026-11-20', to: '2026-11-20' })).toEqual(['grant.given'])
    expect(await whats(dana, { from: '2026-11-21' })).toEqual(['grant.removed'])
    expect(await whats(dana, { to: '2026-11-19' })).toEqual(['access_request.asked'])
  })

  test(`it is filtered by thing, deed and partner (${kind})`, async () => {
    expect(await whats(dana, { what: 'grant' })).toEqual(['grant.removed', 'grant.given'])
    expect(await whats(dana, { what: 'grant.given' })).toEqual(['grant.given'])
    expect(await whats(dana, { what: 'gran' })).toEqual([])
    expect(await whats(dana, { partner: larkfield.id })).toHaveLength(3)
    expect(await whats(dana, { partner: acme.id })).toEqual([])
  })

  test(`filtering by customer does not tell a partner whom it asked (${kind})`, async () => {
    expect(await whats(priya, { customer: acme.id })).toEqual(['grant.removed', 'grant.given'])
    expect(await whats(dana, { customer: acme.id })).toHaveLength(3)
  })

  test(`pages follow each other without a gap or a repeat, and a foreign cursor is refused (${kind})`, async () => {
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await readHistory(world.as(dana), { limit: 2, after })
      seen.push(...page.items.map(({ id }) => id))
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(seen).toEqual((await readHistory(world.as(dana), { limit: 50 })).items.map(({ id }) => id))
    for (const wrong of ['x', '', Buffer.from("1' or 1=1").toString('base64url')])
      await expect(whats(dana, { after: wrong })).rejects.toMatchObject({ more: { field: 'after' } })
  })

  test(`days that are none are refused by name (${kind})`, async () => {
    await expect(whats(dana, { from: '2026-02-30' })).rejects.toMatchObject({ more: { field: 'from' } })
    await expect(whats(dana, { from: '2026-11-21', to: '2026-11-20' })).rejects.toMatchObject({ more: { field: 'to' } })
  })
}
