// Requests from addresses that only look like those of a firm that the customer knows: said on the request, in the letter, and answered with a tick.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessStage, refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type World } from '../../../test/world.ts'
import { approveAccessRequest } from './approve-access-request.ts'
import { readAccessRequest } from './list-access-requests.ts'
import { submitAccessRequest } from './submit-access-request.ts'

describe.each(databaseKinds)('look-alike addresses on %s', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(kind)
  })
  afterAll(() => world.close())

  /** Somebody of the partner asks from the address; what the customer's manager sees and is written. */
  async function asking(email: string) {
    const { acme, dana, larkfield } = await accessStage(world)
    const known = await world.partner('Brightline')
    await world.relationship(acme, known)
    const asker = await world.person(larkfield, 'Pat Doe', ['consultant'], email)
    const { id } = await submitAccessRequest(world.as(asker), {
      contactManagerEmail: dana.email,
      items: [{ personId: asker.id, level: 'look' }],
      endsOn: '2027-02-01',
      reason: 'Work',
    })
    const { warnings } = await readAccessRequest(world.as(dana), { requestId: id })
    const letter = (await world.letters()).find((one) => one.letter === 'access-request-asked' && one.to === dana.email)
    return { id, dana, w8: warnings.find(({ code }) => code === 'W8'), letter: letter?.body_text ?? '' }
  }

  test("BX-14 an address like the customer's own, the vendor's or a known partner's is told as that, and takes a tick to approve", async () => {
    for (const [email, firm] of [
      ['pat@acme-r0botics.example', 'Acme Robotics'],
      ['pat@meridla.example', 'Meridia'],
      ['pat@brightIine.example', 'Brightline'],
    ] as const) {
      const { id, dana, w8 } = await asking(email)
      expect(w8).toMatchObject({
        title: 'The address looks like that of another firm',
        text: expect.stringContaining(firm),
        needsTick: true,
      })
      expect((await refusalOf(approveAccessRequest(world.as(dana), { requestId: id }))).more.field).toBe('understood')
      expect((await approveAccessRequest(world.as(dana), { requestId: id, understood: true })).state).toBe('approved')
    }
  })

  test("BX-14 the letter says it where an address only looks like the asker's own firm's; one of the firm itself is not remarked on", async () => {
    const odd = await asking('pat@1arkfield.example')
    expect([odd.w8?.needsTick, odd.letter]).toEqual([
      true,
      expect.stringMatching(/This request comes from 1arkfield\.example\.[\s\S]*The two only look alike\./),
    ])
    const right = await asking('pat@larkfield.example')
    expect([right.w8, /This request comes from/.test(right.letter)]).toEqual([undefined, false])
  })
})
