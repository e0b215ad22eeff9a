// The Authorized Contacts of a telephony account: five roles, at sites too, and who has the duties of a role that nobody has.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestOrganization, type TestPerson, type World } from '../../../test/world.ts'
import { addPerson } from './add-person.ts'
import { changePerson } from './change-person.ts'
import { disablePerson } from './disable-person.ts'
import { listPeople } from './list-people.ts'

describe.each(databaseKinds)('authorized contacts on %s', (kind) => {
  let world: World
  let acme: TestOrganization
  let dee: TestPerson
  let pam: TestPerson
  const sites: number[] = []
  beforeAll(async () => {
    world = await createWorld(kind, 'telephony-account')
    acme = await world.customer()
    dee = await world.person(acme, 'Dee Decider', ['decision_maker'])
    pam = await world.person(acme, 'Pam Phones', [])
    for (const name of ['Bilbao', 'Sevilla']) {
      const { rows } = await world.stage.owner.query<{ site_no: number }>(
        'insert into sites (customer_id, customer_no, name, external_id) values ($1, $2, $3, $3) returning site_no',
        [acme.id, acme.customerNo, name],
      )
      sites.push(rows[0]?.site_no as number)
    }
    await world.stage.owner.query(
      "insert into membership_sites (membership_id, role, site_no) select id, 'phone_manager', $2 from memberships where person_id = $1",
      [pam.id, sites[0]],
    )
  })
  afterAll(() => world.close())

  const [bilbao, sevilla] = [() => sites[0] as number, () => sites[1] as number]
  const add = (by: TestPerson, name: string, roles: string[], siteRoles: { role: string; siteNo: number }[] = []) =>
    addPerson(world.as(by), {
      organizationId: acme.id,
      email: `${name.toLowerCase().replaceAll(' ', '.')}@outside.example`,
      name,
      roles,
      siteRoles,
    })
  const codeOf = async (work: Promise<unknown>) => (await refusalOf(work)).code
  const list = (by: TestPerson, siteNo?: number) => listPeople(world.as(by), { organizationId: acme.id, siteNo })
  const standInFor = async (role: string) => (await list(dee)).standIns.find((one) => one.role === role)

  test('MI-035 MI-045 an account has five roles to give, to people inside and outside the organization', async () => {
    expect((await list(dee)).roles.map(({ role }) => role)).toEqual([
      'decision_maker',
      'phone_manager',
      'billing_contact',
      'technical_contact',
      'emergency_contact',
    ])
    const held = ['billing_contact', 'emergency_contact', 'phone_manager', 'technical_contact']
    expect(await add(dee, 'Outside Accountant', held)).toMatchObject({ email: 'outside.accountant@outside.example', roles: held })
    expect(await codeOf(add(dee, 'Wrong Role', ['consultant']))).toBe('invalid-input')
    expect(await codeOf(add(dee, 'Wrong Scope', [], [{ role: 'billing_contact', siteNo: bilbao() }]))).toBe('invalid-input')
  })

  test("MI-046 a location's Phone Manager adds contacts there and nowhere else, and gives no more than they have", async () => {
    const at = (siteNo: number, role = 'technical_contact') => [{ role, siteNo }]
    expect(await add(pam, 'Tess Tech', [], at(bilbao()))).toMatchObject({ siteRoles: [{ role: 'technical_contact', site: 'Bilbao' }] })
    expect(await codeOf(add(pam, 'Not There', [], at(sevilla())))).toBe('not-found')
    expect(await codeOf(add(pam, 'Half There', [], [...at(bilbao()), ...at(sevilla())]))).toBe('not-allowed')
    expect(await codeOf(add(pam, 'Whole Account', ['technical_contact']))).toBe('not-found')
    expect(await codeOf(add(pam, 'Nothing At All', []))).toBe('not-found')
    expect((await list(pam, bilbao())).items.map(({ name }) => name)).toEqual(['Pam Phones', 'Tess Tech'])
    expect(await codeOf(list(pam, sevilla()))).toBe('not-found')
    const whole = await world.person(acme, 'Phil Phones', ['phone_manager'])
    expect(await add(whole, 'Tim Tech', ['technical_contact'])).toMatchObject({ roles: ['technical_contact'] })
    expect(await codeOf(add(whole, 'Bill Bills', ['billing_contact']))).toBe('not-allowed')
    expect(await codeOf(disablePerson(world.as(whole), { organizationId: acme.id, contactId: pam.id }))).toBe('not-allowed')
  })

  test('MI-041 only Decision Makers make other Decision Makers; a partner that acts as one makes none', async () => {
    const larkfield = await world.partner()
    const priya = await world.person(larkfield, 'Priya', ['partner_user'])
    const { rows } = await world.stage.owner.query<{ id: string }>(
      "insert into groups (partner_id, name, created_at) values ($1, 'G', '2026-01-01') returning id",
      [larkfield.id],
    )
    await world.stage.owner.query("insert into group_members (group_id, person_id, from_at) values ($1, $2, '2026-01-01')", [
      rows[0]?.id,
      priya.id,
    ])
    await world.stage.owner.query(
      `insert into grants (customer_id, partner_id, group_id, rights, from_at, until_at, confirmed_at, given_at)
       values ($1, $2, $3, '{decision_maker}', '2026-01-01', '2027-01-01', '2026-01-01', '2026-01-01')`,
      [acme.id, larkfield.id, rows[0]?.id],
    )
    expect(await codeOf(add(priya, 'By Partner', ['decision_maker']))).toBe('not-allowed')
    expect(await add(priya, 'Fine By Partner', ['billing_contact'])).toMatchObject({ roles: ['billing_contact'] })
    const dan = await add(dee, 'Dan Decider', ['decision_maker'])
    expect(dan.administrator).toBe(true)
    world.passDays(1)
    expect(await codeOf(changePerson(world.as(priya), { organizationId: acme.id, contactId: dan.id, roles: ['billing_contact'] }))).toBe(
      'not-allowed',
    )
    expect(await changePerson(world.as(dee), { organizationId: acme.id, contactId: dan.id, roles: [] })).toMatchObject({
      administrator: false,
    })
  })

  test('MI-037 the duties of a role that nobody has fall back, and whoever then has them is told', async () => {
    const firm = await world.customer('Fallback Ltd')
    const of = (person: TestPerson) => ({ organizationId: firm.id, contactId: person.id })
    const [dora, bill] = [await world.person(firm, 'Dora', ['decision_maker']), await world.person(firm, 'Bill', ['billing_contact'])]
    const theirs = async (role: string) =>
      (await listPeople(world.as(dora), { organizationId: firm.id })).standIns.find((one) => one.role === role)
    expect(await theirs('billing_contact')).toBeUndefined()
    expect(await theirs('technical_contact')).toEqual({ role: 'technical_contact', by: 'decision_maker', people: ['Dora'] })
    await world.person(firm, 'Phoebe', ['phone_manager'])
    expect(await theirs('technical_contact')).toEqual({ role: 'technical_contact', by: 'phone_manager', people: ['Phoebe'] })
    expect(await standInFor('phone_manager')).toBeUndefined()
    await disablePerson(world.as(dora), of(bill))
    expect(await theirs('billing_contact')).toEqual({ role: 'billing_contact', by: 'decision_maker', people: ['Dora'] })
    const told = (await world.letters()).filter(({ letter }) => letter === 'duties-fall-to-you')
    expect(told.map(({ to, subject }) => [to, subject])).toEqual([[dora.email, 'Fallback Ltd has nobody for billing contact now']])
  })
})
