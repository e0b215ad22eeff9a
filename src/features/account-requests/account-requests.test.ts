// Asking in the name of a customer's account: who may, as whose word it counts, who is told, and what is refused with what it would take.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createScene, type Name, type Scene } from '../../../test/service-request-scene.ts'
import type { TestPerson } from '../../../test/world.ts'
import { readRecord } from '../records/read-record.ts'
import { updateRecord } from '../service-requests/update-record.ts'
import { askForAccount } from './ask-for-account.ts'
import { listAccountRequests } from './list-account-requests.ts'

const kind = 'service_request'
const whom = { name: 'Nadia Neu', email: 'Nadia@Acme.example' }

describe.each(databaseKinds)('asking in the name of an account on %s', (database) => {
  let scene: Scene
  let primary: TestPerson
  let agent: TestPerson
  beforeAll(async () => {
    scene = await createScene(database)
    primary = await scene.world.person(scene.acme, 'Tom Lindqvist', ['primary_contact'])
    agent = await scene.world.person(scene.world.vendor, 'Vera Vendor', ['vendor_staff'])
    await scene.world.grant(scene.acme, agent, 'update')
  })
  afterAll(() => scene.close())

  const ask = (who: Name | TestPerson, asks: string, more: object = {}) =>
    askForAccount(typeof who === 'string' ? scene.as(who) : scene.world.as(who), {
      customerId: scene.acme.id,
      asks,
      title: 'Please do this',
      description: 'From Monday on.',
      ...more,
    })
  const may = async (who: TestPerson) =>
    (await listAccountRequests(scene.world.as(who), { customerId: scene.acme.id })).map(({ code, may: yes, why }) => [
      code,
      yes ? 'may' : why,
    ])

  test.each([
    ['admin', 'configuration_change', 'A change of the configuration', null],
    ['admin', 'site_deletion', 'The deletion of the site', null],
    ['full', 'access_for_others', 'Access for somebody else', { name: 'Nadia Neu', email: 'nadia@acme.example' }],
  ] as const)(
    "OR-038 OR-041 %s asks for a %s: it counts as the primary contact's word, and the vendor's people and the customer read so",
    async (who, asks, called, person) => {
      const { name } = scene.people[who]
      const { id, number } = await ask(who, asks, person ? { person: whom } : {})
      const shown = { name: called, countsAs: 'primary contact', by: name, organization: 'Larkfield', person }
      for (const reader of [agent, primary, scene.people.manager])
        expect((await readRecord(scene.world.as(reader), { kind, id })).accountRequest).toEqual(shown)
      const letters = await scene.lettersOf(number)
      expect(letters.map(({ to }) => to)).toContain(primary.email)
      const forWhom = person ? ', for Nadia Neu (nadia@acme.example)' : ''
      for (const { body_text } of letters) {
        expect(body_text).toContain(`It asks for: ${called}${forWhom}.`)
        expect(body_text).toContain(
          'It counts as the word of the primary contact of Acme Robotics: Meridia acts on it without asking again.',
        )
      }
      const [entry] = (await scene.world.audit()).filter(
        ({ what, detail }) => what === 'service_request.asked_for_account' && detail['number'] === number,
      )
      expect(entry).toMatchObject({
        actor_name: name,
        customer_id: scene.acme.id,
        detail: { asks, countsAs: 'primary contact', for: 'Acme Robotics' },
      })
    },
  )

  test('OR-038 the primary contact asks likewise; a question that is opened as such counts as nobody else’s word, whatever is written on it', async () => {
    const { id } = await ask(primary, 'site_deletion')
    expect((await readRecord(scene.world.as(agent), { kind, id })).accountRequest).toMatchObject({
      by: 'Tom Lindqvist',
      organization: 'Acme Robotics',
    })
    const plain = await scene.record()
    const attributes = { asked_for_account: 'site_deletion', account_request: 'site_deletion' }
    await updateRecord(scene.as('update'), { kind, id: plain.id, attributes })
    expect((await readRecord(scene.world.as(agent), { kind, id: plain.id })).accountRequest).toBeNull()
  })

  test('OR-039 whoever may less is refused with what it takes, and nothing is opened; so is a contact manager of the customer', async () => {
    const before = (await scene.world.stage.owner.query<{ count: number }>('select count(*)::int as count from records')).rows[0]?.count
    for (const who of ['cc', 'look', 'update', 'create'] as const)
      for (const asks of ['configuration_change', 'site_deletion', 'access_for_others']) {
        const refusal = await refusalOf(ask(who, asks, asks === 'access_for_others' ? { person: whom } : {}))
        expect([refusal.code, refusal.more.because?.at(-1)]).toEqual(['not-allowed', expect.stringContaining('needs “Manage the account”')])
      }
    expect((await refusalOf(ask('manager', 'site_deletion'))).code).toBe('not-allowed')
    expect((await refusalOf(ask('stranger', 'site_deletion'))).code).toBe('not-found')
    expect((await refusalOf(ask('betaManager', 'site_deletion'))).code).toBe('not-found')
    expect((await scene.world.stage.owner.query<{ count: number }>('select count(*)::int as count from records')).rows[0]?.count).toBe(
      before,
    )
  })

  test('OR-044 what is reserved is refused to everybody, the primary contact included, with what to do instead', async () => {
    for (const who of ['admin', 'full', primary] as const) {
      const refusal = await refusalOf(ask(who, 'version_updates'))
      expect([refusal.code, refusal.message]).toEqual([
        'not-allowed',
        'Nobody asks for this here. The customer agrees upon its updates with Meridia itself. Nothing was asked.',
      ])
    }
  })

  test('the form lists what one may ask for in this account, and of the rest why not', async () => {
    const updates = ['version_updates', 'Nobody asks for this here. The customer agrees upon its updates with Meridia itself.']
    const each = (word: string) => ['configuration_change', 'site_deletion', 'access_for_others'].map((code) => [code, word])
    for (const who of [scene.people.admin, primary]) expect(await may(who)).toEqual([...each('may'), updates])
    const needs = 'This needs “Manage the account”, or the primary contact of the customer.'
    expect(await may(scene.people.create)).toEqual([...each(needs), updates])
    expect(await may(scene.people.contact)).toEqual([...each('Only somebody who is primary contact can ask for this.'), updates])
    expect((await refusalOf(may(scene.people.stranger))).code).toBe('not-found')
  })

  test('wrong input is refused by its field', async () => {
    const cases: [string, object, string][] = [
      ['nothing_known', {}, 'asks'],
      ['access_for_others', {}, 'person'],
      ['site_deletion', { person: whom }, 'person'],
      ['access_for_others', { person: { name: 'Nadia', email: 'nobody' } }, 'person.email'],
      ['access_for_others', { person: { name: ' ', email: 'nadia@acme.example' } }, 'person.name'],
      ['site_deletion', { title: ' ' }, 'title'],
    ]
    for (const [asks, more, field] of cases) expect((await refusalOf(ask('admin', asks, more))).more.field).toBe(field)
  })
})
