// What waits for an answer while the definition changes: requests that ask for something that is gone are named before, and are not approved as asked after.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { type Caller, startTestServer, type TestServer } from '../../../test/server.ts'
import { addMilliseconds, type Instant } from '../../kernel/instant.ts'

const portal = (name: string) => readFileSync(join(import.meta.dirname, '..', '..', '..', 'portals', `${name}.yaml`), 'utf8')
const supportDesk = portal('support-desk')
const withoutLook = supportDesk.replaceAll(/^( {4})look:/gm, '$1see:').replaceAll('includes: look', 'includes: see')
const forPeopleAlone = supportDesk
  .replace('grantees: [organization, person, vendor_person]', 'grantees: [person, vendor_person]')
  .replace('precedence: [person, organization]', 'precedence: [person]')

describe.each(databaseKinds)('what waits while another definition comes, on %s', (kind) => {
  let server: TestServer
  let operator: Caller
  let [asDana, asAda]: Caller[] = []
  let dana: { email: string }
  let people: { id: string }[]
  beforeAll(async () => {
    server = await startTestServer(kind)
    operator = server.withBearer()
    const [acme, larkfield] = [await server.customer('Acme'), await server.partner('Larkfield')]
    dana = await server.person(acme, 'Dana', ['contact_manager'])
    const ada = await server.person(larkfield, 'Ada', ['partner_administrator'])
    people = [ada, await server.person(larkfield, 'Priya', ['consultant'])]
    ;[asDana, asAda] = [await server.signIn(dana as never), await server.signIn(ada)]
  }, 120_000)
  afterAll(() => server.close())

  const ask = async (items: readonly object[]) => {
    const body = { contactManagerEmail: dana.email, items, endsOn: '2027-05-21', reason: 'We run the migration.' }
    const sent = await asAda!('POST', '/api/v1/access-requests', body)
    expect(sent.status).toBe(202)
    return sent.body as { id: string; number: string }
  }
  const gone = async (source: string) =>
    (await operator('POST', '/api/v1/portal-definitions/difference', { old: 'current', new: { source } })).body.gone
  const apply = async (source: string) => {
    const { version } = (await operator('GET', '/api/v1/portal-definitions/current')).body
    expect((await operator('POST', '/api/v1/portal-definitions', { source, replaces: version })).status).toBe(201)
  }
  const approve = (id: string) => asDana!('POST', `/api/v1/access-requests/${id}/approval`, { understood: true })

  test('BX-24 a request that waits for what a definition takes away is named before, cannot be approved as asked after, and can when it is back', async () => {
    expect(withoutLook).not.toBe(supportDesk)
    const { id, number } = await ask(people.map((person) => ({ personId: person.id, level: 'look' })))
    expect(await gone(withoutLook)).toEqual([
      {
        what: 'level asked for',
        word: 'look',
        many: 1,
        examples: [number],
        sentence: `The level "look" is gone: 1 waiting request asks for it (${number}). By the newer definition that cannot be approved as it was asked, only with something else.`,
      },
    ])
    expect([await gone(supportDesk), await gone(forPeopleAlone)]).toEqual([[], []])
    await apply(withoutLook)
    const refused = await approve(id)
    expect([refused.status, refused.body.code, refused.body.detail]).toEqual([
      400,
      'invalid-input',
      'There is no such level. The levels there are: cc, see, update, create, service_admin, full_admin.',
    ])
    expect((await asDana!('GET', '/api/v1/grants?side=given')).body.items).toEqual([])
    expect((await asDana!('GET', `/api/v1/access-requests/${id}`)).body.state).toBe('waiting')
    await apply(supportDesk)
    expect(await approve(id)).toMatchObject({ status: 201, body: { state: 'approved' } })
    // Answered it waits no more: what gives the level now are the accesses.
    expect(await gone(withoutLook)).toMatchObject([{ what: 'level', word: 'look', many: 2 }])
  })

  test('BX-24 a request for everyone is named where only people can be given access, until it has lapsed', async () => {
    expect(forPeopleAlone).not.toBe(supportDesk)
    const { number } = await ask([{ personId: null, level: 'update' }])
    expect(await gone(forPeopleAlone)).toMatchObject([
      {
        what: 'sort of grantee asked for',
        word: 'organization',
        many: 1,
        sentence: `The sort of grantee "organization" is gone: 1 waiting request is for one (${number}). By the newer definition that gives nothing, however it is answered.`,
      },
    ])
    server.setClock(addMilliseconds(server.clock.at as Instant, 31 * 86_400_000))
    expect(await gone(forPeopleAlone)).toEqual([])
  })

  test('BX-24 an invitation that waits and offers a role that is gone is named', async () => {
    const telephony = portal('telephony-account')
    const renamed = telephony.replaceAll('phone_manager', 'telephone_manager')
    const { rows } = await server.stageOwner.query<{ number: string }>(
      `insert into invitations (customer_id, partner_id, gives, until_at, invited_by, invited_at, lapses_at)
       select c.id, p.id, '{phone_manager}', $1::timestamptz + interval '1 year', m.person_id, $1, $1::timestamptz + interval '30 days'
       from organizations c, organizations p, memberships m where c.kind = 'customer' and p.kind = 'partner' and m.organization_id = c.id returning number`,
      [server.clock.at],
    )
    const difference = { old: { source: telephony }, new: { source: renamed } }
    expect((await operator('POST', '/api/v1/portal-definitions/difference', difference)).body.gone).toEqual([
      {
        what: 'right offered',
        word: 'phone_manager',
        many: 1,
        examples: [`I-${rows[0]?.number}`],
        sentence: `The right "phone_manager" is gone: 1 waiting invitation offers it (I-${rows[0]?.number}). By the newer definition that cannot be accepted.`,
      },
    ])
  })
})
