// Administrator access where the definition asks for two approvers: the first is kept and gives nothing, another person's gives it, either may decline.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AccessStage, accessStage, refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestPerson, type World } from '../../../test/world.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { changeAccess } from '../grants/change-access.ts'
import { confirmAccess } from '../grants/confirm-access.ts'
import { giveAccess } from '../grants/give-access.ts'
import { giveVendorAccess } from '../grants/give-vendor-access.ts'
import { listGrants } from '../grants/list-grants.ts'
import { removePartner } from '../receipts/remove-partner.ts'
import { undoRemoval } from '../receipts/undo-removal.ts'
import { type ApproveInput, approveAccessRequest } from './approve-access-request.ts'
import { denyAccessRequest } from './deny-access-request.ts'
import { readAccessRequest } from './list-access-requests.ts'
import { submitAccessRequest } from './submit-access-request.ts'

describe.each(databaseKinds)('two approvers on %s', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(kind, '../test/portals/two-approvers')
  })
  afterAll(() => world.close())

  async function asked(level = 'full_admin') {
    const stage = await accessStage(world)
    const { id } = await submitAccessRequest(world.as(stage.priya), {
      contactManagerEmail: stage.dana.email,
      items: [{ personId: stage.priya.id, level }],
      endsOn: '2027-02-01',
      reason: 'Moving the mail server',
    })
    return { ...stage, id }
  }
  const approve = (by: TestPerson, requestId: string, more: Partial<ApproveInput> = {}) =>
    approveAccessRequest(world.as(by), { requestId, understood: true, ...more })
  const grants = async ({ acme }: AccessStage) =>
    (await world.stage.owner.query('select level, given_by from grants where customer_id = $1 and ended_at is null', [acme.id])).rows

  test('BX-14 the first approval of administrator access gives nothing and tells the others; a second person gives just that', async () => {
    const place = await asked()
    const { id, dana, tom, priya } = place
    const end = '2027-01-15'
    const first = await approve(dana, id, { endsOn: end })
    expect([first.state, first.firstApproval]).toMatchObject([
      'waiting',
      { by: { name: 'Dana Lee' }, gives: ['Administrator for Priya Raman'], endsOn: end },
    ])
    expect(await grants(place)).toEqual([])
    const told = (await world.letters()).filter(
      ({ letter, to }) => letter === 'access-request-approved-first' && [dana, tom, priya].some(({ email }) => email === to),
    )
    expect(told.map(({ to }) => to).sort()).toEqual([dana.email, tom.email].sort())
    // The asker sees that it waits, and no more.
    expect(await readAccessRequest(world.as(priya), { requestId: id })).toMatchObject({
      state: 'waiting',
      firstApproval: null,
      customer: null,
    })
    expect((await refusalOf(approve(dana, id))).code).toBe('already-answered')
    expect(await grants(place)).toEqual([])
    const second = await approve(tom, id)
    expect([second.state, second.answered?.by?.name, second.firstApproval]).toEqual(['approved', 'Tom Lindqvist', null])
    expect(await grants(place)).toEqual([{ level: 'full_admin', given_by: tom.id }])
    expect(
      (await world.audit())
        .filter(({ what, customer_id: of }) => of === place.acme.id && what.startsWith('access_request.approved'))
        .map(({ what, actor_name: by }) => [what, by]),
    ).toEqual([
      ['access_request.approved_first', 'Dana Lee'],
      ['access_request.approved', 'Tom Lindqvist'],
    ])
  })

  test('BX-14 nobody gives directly, or by a change, what takes two; what takes one they do, and what two gave they may shorten', async () => {
    const place = await asked()
    const { id, acme, larkfield, dana, tom, priya, omar } = place
    await world.relationship(acme, larkfield)
    const give = (personId: string, level: string) =>
      giveAccess(world.as(dana), {
        partnerId: larkfield.id,
        personIds: [personId],
        level,
        endsOn: '2027-02-01',
        reason: 'x',
        understood: true,
      })
    expect((await refusalOf(give(priya.id, 'full_admin'))).message).toMatch(/^Administrator takes two people who approve it/)
    const [look] = await give(omar.id, 'look')
    const change = (grantId: string, more: object) => changeAccess(world.as(dana), { grantId, understood: true, ...more })
    expect((await refusalOf(change(look?.id ?? '', { level: 'full_admin' }))).code).toBe('not-allowed')
    await approve(dana, id)
    await approve(tom, id)
    const given = (await listGrants(world.as(dana), { side: 'given', state: 'active' })).find(({ person }) => person?.id === priya.id)
    expect((await refusalOf(change(given?.id ?? '', { endsOn: '2027-02-10' }))).code).toBe('not-allowed')
    expect((await change(given?.id ?? '', { endsOn: '2027-01-10' })).level).toBe('full_admin')
  })

  test('BX-14 what takes no second person is given at once: another level, or less than was asked', async () => {
    const look = await asked('look')
    expect((await approve(look.dana, look.id)).state).toBe('approved')
    const less = await asked()
    const [item] = (await readAccessRequest(world.as(less.dana), { requestId: less.id })).items
    expect((await approve(less.dana, less.id, { items: [{ itemId: item?.id ?? '', level: 'look' }] })).state).toBe('approved')
  })

  test('BX-14 who approves otherwise is the first anew; who may not answer any more counts for nothing; either may decline', async () => {
    const place = await asked()
    const { id, dana, tom } = place
    await approve(dana, id, { endsOn: '2027-01-15' })
    expect((await approve(tom, id, { endsOn: '2027-01-20' })).firstApproval?.by.name).toBe('Tom Lindqvist')
    expect(await grants(place)).toEqual([])
    await world.stage.owner.query(`update memberships set roles = '{contact}' where person_id = $1`, [tom.id])
    expect((await approve(dana, id)).firstApproval?.by.name).toBe('Dana Lee')
    expect(await grants(place)).toEqual([])
    expect((await denyAccessRequest(world.as(dana), { requestId: id })).state).toBe('denied')
    const other = await asked()
    await approve(other.dana, other.id)
    expect((await denyAccessRequest(world.as(other.tom), { requestId: other.id })).state).toBe('denied')
    expect((await refusalOf(approve(other.tom, other.id))).code).toBe('already-answered')
    expect([await grants(place), await grants(other)]).toEqual([[], []])
  })

  test('BX-14 nobody confirms alone what takes two, and an address of the vendor gets it no sooner, known or not', async () => {
    const { acme, larkfield, dana, priya } = await accessStage(world)
    await world.relationship(acme, larkfield)
    const imported = await world.grant(acme, priya, 'full_admin', { confirmed: false })
    const less = await world.grant(acme, larkfield, 'look', { confirmed: false })
    const confirm = (grantId: string) => confirmAccess(world.as(dana), { grantId })
    expect((await refusalOf(confirm(imported.id))).message).toMatch(/^Administrator takes two people who approve it/)
    expect((await confirm(less.id)).state).toBe('active')
    const [listed] = (await listGrants(world.as(dana), { side: 'given', state: 'all' })).filter(({ id }) => id === imported.id)
    expect([listed?.state, listed?.abilities.confirm, listed?.abilities.giveAgain]).toEqual(['unconfirmed', false, false])
    const stan = await world.person(world.vendor, 'Stan Staff', ['operator'])
    const give = (email: string) =>
      giveVendorAccess(world.as(dana), { email, level: 'full_admin', endsOn: '2027-02-01', reason: 'x', understood: true })
    const [known, unknown] = [await refusalOf(give(stan.email)), await refusalOf(give('nobody.here@meridia.example'))]
    expect([known.code, known.message]).toEqual(['not-allowed', unknown.message])
  })

  test('BX-14 undoing brings back just what two had approved, and nothing that takes two and one gave', async () => {
    const place = await asked()
    const { id, acme, larkfield, dana, tom, priya, omar } = place
    await approve(dana, id)
    await approve(tom, id)
    // As it was given before the definition asked for two.
    await world.grant(acme, omar, 'full_admin', { givenBy: dana })
    const removal = await removePartner(world.as(dana), { partnerId: larkfield.id })
    expect(await grants(place)).toEqual([])
    const { undone } = await undoRemoval(world.as(dana), { removalId: removal.id })
    expect(undone?.cameBack.filter((one) => one.startsWith('Did not'))).toEqual([
      expect.stringMatching(
        /^Did not come back: Omar Nasser: Administrator .* It takes two people who approve it: let the partner ask for it\.$/,
      ),
    ])
    const { rows } = await world.stage.owner.query('select person_id, level from grants where customer_id = $1 and ended_at is null', [
      acme.id,
    ])
    expect(rows).toEqual([{ person_id: priya.id, level: 'full_admin' }])
  })

  /** Two approve, and in every other round one declines, at once. */
  async function race(round: number): Promise<void> {
    const place = await asked()
    const works = [
      () => approve(place.dana, place.id),
      () => approve(place.tom, place.id),
      ...(round % 2 === 0 ? [] : [() => denyAccessRequest(world.as(place.tom), { requestId: place.id })]),
    ]
    const ends = await Promise.allSettled(works.map((work) => work()))
    expect(ends.flatMap((end) => (end.status === 'rejected' && !isRefusal(end.reason) ? [end.reason] : []))).toEqual([])
    const { state, firstApproval } = await readAccessRequest(world.as(place.dana), { requestId: place.id })
    const { rows } = await world.stage.owner.query<{ people: number }>(
      `select count(distinct actor_id)::int as people from audit_entries where customer_id = $1 and what like 'access_request.approved%'`,
      [place.acme.id],
    )
    const given = (await grants(place)).length
    const fits = { approved: given === 1 && rows[0]?.people === 2, denied: given === 0, waiting: given === 0 && firstApproval !== null }
    expect([state, fits[state as keyof typeof fits]]).toEqual([state, true])
  }

  test.skipIf(kind !== 'postgresql')(
    'BX-14 two approve, and one declines, at once: given by two different people or not at all',
    async () => {
      for (let round = 0; round < 30; round++) await race(round)
    },
    200_000,
  )
})
