// A refusal says why, and nothing that whoever is refused may not know.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessStage } from '../../test/access-stage.ts'
import { caller, startTestServer, type TestServer } from '../../test/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

test('O-A14 OR-054 a partner that tries to answer its own request does not learn whose address it asked', async () => {
  const { acme, larkfield, dana, priya, admin } = await accessStage(server)
  await server.grant(acme, larkfield, 'look', { givenBy: dana })
  const [asPriya, asAdmin] = [await server.signIn(priya), await server.signIn(admin)]
  const refusals = async (address: string) => {
    const question = {
      contactManagerEmail: address,
      items: [{ personId: priya.id, level: 'update' }],
      endsOn: '2027-05-21',
      reason: 'Migration',
    }
    const { id } = (await asPriya('POST', '/api/v1/access-requests', question)).body
    const answers = []
    for (const call of [asPriya, asAdmin]) {
      for (const answer of ['approval', 'denial']) answers.push(await call('POST', `/api/v1/access-requests/${id}/${answer}`, {}))
    }
    return answers.map(({ status, body: { ref: _, ...body } }) => ({ status, body }))
  }
  const known = await refusals(dana.email)
  expect(known.map(({ status }) => status)).toEqual([403, 403, 403, 403])
  expect(known).toEqual(await refusals('nobody@nowhere.example'))
})

test('a request with a key that counts for nothing is nobody, whatever cookie is beside it', async () => {
  const { dana } = await accessStage(server)
  await server.nobody('POST', '/api/v1/sign-in/codes', { email: dana.email })
  const letter = (await server.letters()).findLast(({ to }) => to === dana.email)
  const [code] = /\b\d{4}-\d{4}\b/.exec(letter?.body_text ?? '') ?? []
  const signedIn = await server.nobody('POST', '/api/v1/sign-in/sessions', { email: dana.email, code })
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  for (const authorization of ['Bearer', 'Bearer a b', `Bearer ${'x'.repeat(700)}`, 'bearer lk_nothing']) {
    const answer = await caller(server.address, { cookie, authorization })('PATCH', '/api/v1/me', { name: 'Somebody Else' })
    expect([authorization.slice(0, 12), answer.status]).toEqual([authorization.slice(0, 12), 401])
  }
})
