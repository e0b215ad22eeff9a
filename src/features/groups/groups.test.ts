// Roles of a telephony account and the groups that hold them: enabling, filling, disabling; who may, who is told, and what is reached by it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestPerson, type World } from '../../../test/world.ts'
import { giveAccess } from '../grants/give-access.ts'
import { relinquishAccess } from '../grants/relinquish-access.ts'
import { readRoles, setRoles } from '../grants/set-roles.ts'
import { fillGroup, takeOutOfGroup } from './fill-group.ts'
import { listGroups, listPeopleToAdd, readGroup } from './list-groups.ts'

describe.each(databaseKinds)('roles and groups on %s', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(kind, 'telephony-account')
  })
  afterAll(() => world.close())

  async function stage(name = 'Acme Robotics') {
    const acme = await world.customer(name)
    const larkfield = await world.partner('Larkfield')
    await world.relationship(acme, larkfield)
    return {
      acme,
      larkfield,
      dana: await world.person(acme, 'Dana Lee', ['decision_maker']),
      phil: await world.person(acme, 'Phil Phone', ['phone_manager']),
      ada: await world.person(larkfield, 'Ada Boss', ['partner_administrator']),
      priya: await world.person(larkfield, 'Priya Raman', ['partner_user']),
      omar: await world.person(larkfield, 'Omar Nasser', ['partner_user']),
      invoice: await world.record(acme, { kind: 'invoice' }),
      ticket: await world.record(acme, { kind: 'ticket' }),
    }
  }
  type Stage = Awaited<ReturnType<typeof stage>>

  const roles = (
    { dana, larkfield }: Pick<Stage, 'dana' | 'larkfield'>,
    codes: string[],
    notify = 'it@larkfield.example',
    more: object = {},
  ) => setRoles(world.as(dana), { partnerId: larkfield.id, roles: codes, notify, understood: true, ...more })
  const groupOf = async (ada: TestPerson, name: string) =>
    (await listGroups(world.as(ada))).find((group) => group.name === name && group.state === 'standing')?.id as string
  /** Whether they see the records, by the law's own check. */
  async function sees(person: TestPerson, ...records: { id: string; kind: string }[]): Promise<boolean[]> {
    const answers = []
    for (const { kind: recordKind, id } of records)
      answers.push(
        await world
          .as(person)
          .reading(`${recordKind}:read`, { kind: 'record', recordKind, id }, async () => true)
          .catch(() => false),
      )
    return answers
  }
  const things = ({ invoice, ticket }: Stage) => [
    { ...invoice, kind: 'invoice' },
    { ...ticket, kind: 'ticket' },
  ]
  const lettersSince = async (work: () => Promise<unknown>) => {
    const before = (await world.letters()).length
    await work()
    const all = await world.letters()
    return { count: all.length - before, letters: all }
  }

  test('MI-002 MI-004 MI-009 MI-010 MI-011 MI-018 MI-022 both roles are enabled at once, each with an empty group of its own at the partner', async () => {
    const place = await stage()
    const answer = await roles(place, ['decision_maker', 'phone_manager'])
    expect(answer.roles.map(({ code, enabled, group }) => [code, enabled, group?.name, group?.members])).toEqual([
      ['decision_maker', true, 'Acme Robotics Decision Maker', []],
      ['phone_manager', true, 'Acme Robotics Phone Manager', []],
    ])
    const groups = await listGroups(world.as(place.ada))
    expect(groups.map(({ name, members, access }) => [name, members, access.map(({ customer, gives }) => [customer.name, gives])])).toEqual(
      [
        ['Acme Robotics Decision Maker', [], [['Acme Robotics', 'Decision Maker']]],
        ['Acme Robotics Phone Manager', [], [['Acme Robotics', 'Phone Manager']]],
      ],
    )
    expect(await sees(place.priya, ...things(place))).toEqual([false, false])
  })

  test('MI-012 MI-013 MI-014 MI-015 MI-016 M-A7 the administrator fills a group; its members have that role and nobody else does, until they are taken out', async () => {
    const place = await stage()
    const { ada, priya, omar, dana } = place
    await roles(place, ['decision_maker', 'phone_manager'])
    const phone = await groupOf(ada, 'Acme Robotics Phone Manager')
    const decide = await groupOf(ada, 'Acme Robotics Decision Maker')
    await fillGroup(world.as(ada), { groupId: phone, personIds: [priya.id] })
    expect([await sees(priya, ...things(place)), await sees(omar, ...things(place))]).toEqual([
      [false, true],
      [false, false],
    ])
    await fillGroup(world.as(ada), { groupId: decide, personIds: [omar.id, priya.id] })
    expect([await sees(priya, ...things(place)), await sees(omar, ...things(place))]).toEqual([
      [true, true],
      [true, true],
    ])
    await takeOutOfGroup(world.as(ada), { groupId: decide, personId: priya.id })
    expect(await sees(priya, ...things(place))).toEqual([false, true])
    await takeOutOfGroup(world.as(ada), { groupId: phone, personId: priya.id })
    expect(await sees(priya, ...things(place))).toEqual([false, false])
    const told = (await world.letters()).filter(({ letter, to }) => letter.startsWith('group-member') && to === dana.email)
    expect(told.map(({ subject }) => subject)).toContain('Larkfield added Priya Raman to the access to Acme Robotics')
    expect(told.map(({ subject }) => subject)).toContain('Larkfield took Priya Raman out of the access to Acme Robotics')
    const audit = (await world.audit()).filter(({ what, customer_id }) => what.startsWith('group_member.') && customer_id === place.acme.id)
    expect(audit.map(({ what, detail }) => [what, detail['person'], detail['group']])).toEqual([
      ['group_member.added', 'Priya Raman', 'Acme Robotics Phone Manager'],
      ['group_member.added', 'Omar Nasser and Priya Raman', 'Acme Robotics Decision Maker'],
      ['group_member.removed', 'Priya Raman', 'Acme Robotics Decision Maker'],
      ['group_member.removed', 'Priya Raman', 'Acme Robotics Phone Manager'],
    ])
  })

  test('M-A7 only an administrator of that very partner fills its groups, with its own people, each once', async () => {
    const place = await stage()
    const { ada, priya, dana } = place
    await roles(place, ['phone_manager'])
    const groupId = await groupOf(ada, 'Acme Robotics Phone Manager')
    const stranger = await world.person(await world.partner('Bright Field'), 'Tom Okafor', ['partner_administrator'])
    const fill = (person: TestPerson, ...personIds: string[]) => refusalOf(fillGroup(world.as(person), { groupId, personIds }))
    expect((await fill(priya, priya.id)).code).toBe('not-allowed')
    expect((await fill(stranger, stranger.id)).code).toBe('not-found')
    expect((await refusalOf(readGroup(world.as(stranger), { groupId }))).code).toBe('not-found')
    expect(['not-allowed', 'not-found']).toContain((await fill(dana, dana.id)).code)
    for (const wrong of [[], [stranger.id], [dana.id], ['nobody']]) expect((await fill(ada, ...wrong)).more.field).toBe('personIds')
    const choices = async () => (await listPeopleToAdd(world.as(ada), { groupId })).map(({ name }) => name)
    expect(await choices()).toEqual(['Ada Boss', 'Omar Nasser', 'Priya Raman'])
    for (const no of [priya, stranger]) expect((await refusalOf(listPeopleToAdd(world.as(no), { groupId }))).code).toMatch(/^not-/)
    await fillGroup(world.as(ada), { groupId, personIds: [priya.id, priya.id] })
    expect(await choices()).toEqual(['Ada Boss', 'Omar Nasser'])
    expect((await fill(ada, priya.id)).message).toMatch(/^Nothing would change/)
    expect((await readGroup(world.as(priya), { groupId })).members.map(({ name }) => name)).toEqual(['Priya Raman'])
    expect((await refusalOf(takeOutOfGroup(world.as(ada), { groupId, personId: stranger.id }))).code).toBe('not-found')
  })

  test('MI-024 MI-025 MI-026 MI-027 MI-028 disabling one role ends its group and what its members had, and leaves the other untouched', async () => {
    const place = await stage()
    const { ada, priya } = place
    await roles(place, ['decision_maker', 'phone_manager'])
    const phone = await groupOf(ada, 'Acme Robotics Phone Manager')
    const decide = await groupOf(ada, 'Acme Robotics Decision Maker')
    for (const groupId of [phone, decide]) await fillGroup(world.as(ada), { groupId, personIds: [priya.id] })
    await roles(place, ['phone_manager'], '')
    expect(await sees(priya, ...things(place))).toEqual([false, true])
    const groups = await listGroups(world.as(ada))
    expect(groups.map(({ id, state, members }) => [id, state, members.length])).toEqual([
      [phone, 'standing', 1],
      [decide, 'ended', 1],
    ])
    expect((await refusalOf(fillGroup(world.as(ada), { groupId: decide, personIds: [ada.id] }))).code).toBe('stale')
  })

  test('M-A8 a role that is enabled again has a new and empty group, and the dialog says who was in the old one', async () => {
    const place = await stage()
    const { ada, priya } = place
    await roles(place, ['phone_manager'])
    const old = await groupOf(ada, 'Acme Robotics Phone Manager')
    await fillGroup(world.as(ada), { groupId: old, personIds: [priya.id] })
    await roles(place, [], '')
    const [, again] = (await roles(place, ['phone_manager'])).roles
    expect([again?.group?.members, again?.formerly, again?.group?.id === old]).toEqual([[], ['Priya Raman'], false])
    expect(await sees(priya, ...things(place))).toEqual([false, false])
  })

  test('MI-010 M-A8 BX-01 nobody who was in a group whose access was given up or ran out gets anything by enabling the role again', async () => {
    const gone = ['given up', 'ran out']
    for (const how of gone) {
      const place = await stage()
      const { ada, priya, dana, acme, larkfield } = place
      const [, enabled] = (await roles(place, ['phone_manager'])).roles
      await fillGroup(world.as(ada), { groupId: enabled?.group?.id ?? '', personIds: [priya.id] })
      expect(await sees(priya, ...things(place))).toEqual([false, true])
      if (how === 'given up') await relinquishAccess(world.as(ada), { grantId: enabled?.grantId ?? '' })
      else
        await world.stage.owner.query(`update grants set from_at = $2, until_at = $3 where customer_id = $1`, [
          acme.id,
          new Date(Date.parse(world.clock.at) - 2),
          new Date(Date.parse(world.clock.at) - 1),
        ])
      const [, between] = (await readRoles(world.as(dana), { partnerId: larkfield.id })).roles
      expect([between?.enabled, between?.group]).toEqual([false, null])
      const [, again] = (await roles(place, ['phone_manager'])).roles
      expect([again?.group?.members, again?.formerly, again?.group?.id === enabled?.group?.id]).toEqual([[], ['Priya Raman'], false])
      expect([how, await sees(priya, ...things(place))]).toEqual([how, [false, false]])
    }
  })

  test('MI-003 MI-005 who is no Decision Maker enables nothing, no other role can be given, and no single person gets one', async () => {
    const place = await stage()
    const { phil, larkfield, dana, priya } = place
    const input = { partnerId: larkfield.id, roles: ['phone_manager'], notify: 'it@larkfield.example', understood: true }
    for (const work of [setRoles(world.as(phil), input), readRoles(world.as(phil), input)])
      expect((await refusalOf(work)).code).toBe('not-allowed')
    for (const other of ['billing_contact', 'technical_contact', 'emergency_contact'])
      expect((await refusalOf(setRoles(world.as(dana), { ...input, roles: ['phone_manager', other] }))).more.field).toBe('roles')
    const single = { partnerId: larkfield.id, personIds: [priya.id], rights: ['phone_manager'], endsOn: '2027-02-01', reason: 'x' }
    expect((await refusalOf(giveAccess(world.as(dana), single))).code).toBe('not-allowed')
    expect((await readRoles(world.as(dana), input)).roles.map(({ enabled }) => enabled)).toEqual([false, false])
  })

  test('MI-019 MI-020 MI-029 M-A10 each listed address is told of account, role and change, and of nothing else; the administrators are told in any case', async () => {
    const place = await stage()
    const { ada, larkfield } = place
    await roles(place, ['phone_manager'], 'it@larkfield.example, Boss@Elsewhere.test ,it@larkfield.example')
    const of = async (to: string) =>
      (await world.letters()).filter((letter) => letter.to === to && letter.letter === 'partner-roles-changed')
    expect((await of('boss@elsewhere.test')).map(({ body_text }) => body_text)).toEqual([
      expect.stringContaining('Larkfield now has the role Phone Manager on the account Acme Robotics.'),
    ])
    expect((await of('boss@elsewhere.test'))[0]?.body_text).not.toMatch(/Dana|2027|http/)
    await roles(place, [], 'boss@elsewhere.test')
    expect((await of('boss@elsewhere.test')).map(({ body_text }) => body_text)).toContainEqual(
      expect.stringContaining('Larkfield no longer has the role Phone Manager on the account Acme Robotics.'),
    )
    const ofAda = (await world.letters()).filter(({ to }) => to === ada.email).map(({ subject }) => subject)
    expect(ofAda).toContainEqual(expect.stringMatching(/^Acme Robotics gave Larkfield access until/))
    expect(ofAda).toContain('Acme Robotics removed the access of Larkfield')
    expect(larkfield.name).toBe('Larkfield')
  })

  const wrongLists: [string, string, RegExp][] = [
    ['none', '', /^Write at least one e-mail address/],
    ['commas alone', ' , ,', /^Write at least one e-mail address/],
    ['a line break', 'it@larkfield.example,\nb@x.test', /^Write the addresses on one line/],
    ['a letter head in it', 'it@larkfield.example\r\nBcc: all@x.test', /^Write the addresses on one line/],
    ['what is no address', 'it@larkfield.example, Ada', /^“Ada” is no e-mail address/],
    ['semicolons', 'a@x.test;b@x.test', /is no e-mail address/],
    ['21 addresses', Array.from({ length: 21 }, (_, at) => `a${at}@x.test`).join(','), /^At most 20 addresses/],
  ]
  test('M-A3 a customer has a hundred addresses written to in an hour, and no more: nothing is given or sent beyond', async () => {
    const place = await stage('Writers Ltd')
    const { dana, acme } = place
    const twenty = (round: number) => Array.from({ length: 20 }, (_, index) => `one${index}@round${round}.example`).join(', ')
    for (let round = 0; round < 5; round++) await roles(place, round % 2 === 0 ? ['phone_manager'] : [], twenty(round))
    expect((await refusalOf(roles(place, [], 'one.more@else.example'))).code).toBe('too-many')
    expect((await readRoles(world.as(dana), { partnerId: place.larkfield.id })).roles.filter(({ enabled }) => enabled)).toHaveLength(1)
    // Whoever names nobody may still disable, and an hour later the addresses may be told again.
    await roles(place, [], '')
    world.setClock(new Date(Date.parse(world.clock.at) + 3_600_001).toISOString())
    await roles(place, ['phone_manager'], twenty(6))
    const { rowCount } = await world.stage.owner.query("select 1 from outbox where customer_id = $1 and letter = 'partner-roles-changed'", [
      acme.id,
    ])
    expect(rowCount).toBe(120)
  })

  test.each(wrongLists)('MI-021 M-A3 enabling with %s is refused, nothing is given and nothing sent', async (_words, notify, expected) => {
    const place = await stage()
    const { count } = await lettersSince(async () => {
      const refusal = await refusalOf(roles(place, ['phone_manager'], notify))
      expect([refusal.more.field, expected.test(refusal.message)]).toEqual(['notify', true])
    })
    expect([count, await listGroups(world.as(place.ada))]).toEqual([0, []])
  })

  test('MI-023 opening the dialog, and saving what is so already, changes and sends nothing', async () => {
    const place = await stage()
    await roles(place, ['phone_manager'])
    const { count } = await lettersSince(async () => {
      await readRoles(world.as(place.dana), { partnerId: place.larkfield.id })
      expect((await refusalOf(roles(place, ['phone_manager']))).message).toMatch(/^Nothing would change/)
    })
    expect([count, (await listGroups(world.as(place.ada))).length]).toEqual([0, 1])
  })

  test('M-A4 a group is called as its account is called now; where two are called alike, the number of the account stands behind', async () => {
    const one = await stage()
    await roles(one, ['phone_manager'])
    await world.stage.owner.query(`update organizations set name = 'Acme Group' where id = $1`, [one.acme.id])
    expect((await listGroups(world.as(one.ada))).map(({ name }) => name)).toEqual(['Acme Group Phone Manager'])
    const other = await world.customer('Acme Group')
    await world.relationship(other, one.larkfield)
    const dana = await world.person(other, 'Dana Zwei', ['decision_maker'])
    await roles({ dana, larkfield: one.larkfield }, ['phone_manager'])
    expect((await listGroups(world.as(one.ada))).map(({ name }) => name).sort()).toEqual(
      [one.acme, other].map(({ customerNo }) => `Acme Group Phone Manager (account ${customerNo})`).sort(),
    )
  })
})
