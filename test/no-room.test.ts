// A disk with too little room: reading goes on, nothing is given any more, and whatever only takes something away is done all the same.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FreeSpace } from '../src/platform/db/embedded/free-space.ts'
import { NoRoom } from '../src/platform/db/errors.ts'
import { accessStage } from './access-stage.ts'
import { type Caller, startTestServer, type TestServer } from './server.ts'
import type { TestPerson } from './world.ts'

const megabyte = 1_048_576

let server: TestServer
beforeAll(async () => {
  server = await startTestServer('embedded')
})
afterAll(() => server.close())

/** From now on the disk says that so much is free. */
function free(bytes: number): void {
  const space = new FreeSpace({ directory: '/a-disk', watermark: 256 * megabyte, read: () => bytes })
  server.house.database.assertWritable = (writing) => space.assertWritable(writing)
}

test('below the room that is kept nothing is given; a look is stopped, people sign out, and accesses, people and partners are removed', async () => {
  const { acme, larkfield, dana, tom, priya, omar, admin } = await accessStage(server)
  await server.relationship(acme, larkfield)
  const [own, others] = [await server.grant(acme, priya, 'look'), await server.grant(acme, omar, 'look')]
  await server.grant(acme, larkfield, 'look')
  const as = async (person: TestPerson): Promise<Caller> => {
    const call = await server.signIn(person)
    return (method, path, body) => call(method, `/api/v1${path}`, body)
  }
  const [asDana, asTom, asPriya, asAdmin] = [await as(dana), await as(tom), await as(priya), await as(admin)]
  expect((await asTom('POST', '/me/look', { partnerId: larkfield.id, personId: omar.id })).status).toBe(201)

  free(255 * megabyte)
  const give = { partnerId: larkfield.id, personIds: [omar.id], level: 'cc', endsOn: '2027-01-01', reason: 'More' }
  expect((await asDana('POST', '/grants', give)).body).toMatchObject({ status: 507, code: 'no-room' })
  expect((await asDana('PATCH', '/me', { language: 'de' })).status).toBe(507)
  expect((await asDana('GET', '/grants?side=given&state=active')).body.items).toHaveLength(3)
  expect((await asTom('DELETE', '/me/look')).status).toBe(204)
  expect((await asTom('GET', '/me')).body).toMatchObject({ looking: null, person: { name: 'Tom Lindqvist' } })
  expect((await asPriya('POST', `/grants/${own.id}/relinquishment`, {})).status).toBe(201)
  expect((await asDana('POST', `/grants/${others.id}/removal`, {})).status).toBe(201)
  expect((await asDana('POST', `/partners/${larkfield.id}/removal`, {})).status).toBe(201)
  expect((await asDana('GET', '/grants?side=given&state=active')).body.items).toEqual([])
  expect((await asPriya('DELETE', '/me/session')).status).toBe(204)
  expect((await asPriya('GET', '/me')).status).toBe(401)
  expect((await server.withBearer()('PUT', `/api/v1/partners/${larkfield.id}/suspension`, { reason: 'Stolen' })).status).toBe(200)
  expect((await asAdmin('GET', '/me')).status).toBe(401)

  // The last of it is kept from everybody: on a disk that is full the database stops, and with it every way to take something away.
  free(31 * megabyte)
  expect((await asTom('DELETE', '/me/session')).status).toBe(507)
  free(300 * megabyte)
  expect((await asTom('PATCH', '/me', { language: 'de' })).status).toBe(200)
})

test('a disk that cannot be asked takes nothing at all', () => {
  const space = new FreeSpace({ directory: '/no/such/disk', watermark: 256 * megabyte })
  expect(() => space.assertWritable('only takes away')).toThrow(NoRoom)
})
