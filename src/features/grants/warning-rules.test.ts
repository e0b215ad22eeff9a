// The warnings: only when true, with the account's numbers, one tick at most and only where it widens.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readDefinition } from '../../definition/read.ts'
import { type AccessGiven, wholeCustomer } from './access-rules.ts'
import { changesBetween, combined, forEveryone, forPeople, gained, type Holdings, nothingHeld, reachedBy } from './preview-rules.ts'
import { domainWarning, mustBeUnderstood, type WarningFacts, warningsOf } from './warning-rules.ts'

const file = 'portals/support-desk.yaml'
const law = readDefinition(readFileSync(file, 'utf8'), file)
const staff = Array.from({ length: 14 }, (_, at) => ({ id: `p${at}`, name: at === 0 ? 'Priya Raman' : `Person ${at}` }))
const counts = { total: 212, open: 17, closed: 195, messages: 1934, files: 388 }
const at = (level: string): AccessGiven => ({ level, rights: [], scope: wholeCustomer })
const everyone = (level: string): Holdings => forEveryone(at(level))
const person = (level: string, id = 'p0'): Holdings => forPeople([{ id }], at(level))
const personally = (levels: [string, string][], forAll: string | null = null): Holdings => ({
  ...nothingHeld,
  everyone: forAll === null ? [] : [at(forAll)],
  personal: new Map(levels.map(([id, level]) => [id, [at(level)]])),
})

const facts = (proposed: Holdings, more: Partial<WarningFacts> = {}): WarningFacts => ({
  law,
  customer: 'Acme Robotics',
  partner: 'Larkfield',
  vendor: 'Meridia',
  people: staff,
  before: nothingHeld,
  proposed,
  letIn: new Set(),
  countsForEveryone: new Map([['service_request', counts]]),
  ...more,
})

const w1 =
  'All 14 people at Larkfield today, and anyone they add later, will be able to read every message and file on all 212 of your past and present service requests. They will also get support e-mails for your account.'
const w2 = `${w1} They will also be able to answer, add files to, and close your 17 open service requests.`
const w3 = `${w2} They will also be able to open new service requests in Acme Robotics' name.`
const w4 = 'They will be able to ask Meridia to change your configuration or delete your site. Meridia will act without asking you again.'
const w5 = `${w4} They will be able to add and remove your own people.`
const history = 'This opens your whole history to everyone at Larkfield'

test('OR-024 OR-025 everyone at See all requests: the whole history, with the numbers, and a tick', () => {
  expect(warningsOf(facts(everyone('look')))).toEqual([
    { code: 'W1', title: history, text: w1, needsTick: true, tick: 'I understand that this includes past service requests' },
  ])
})

test('OR-029 OR-030 everyone at Work on requests: also answers and closes the open ones', () => {
  expect(warningsOf(facts(everyone('update'))).map(({ code, text }) => [code, text])).toEqual([['W2', w2]])
})

test("OR-034 OR-035 everyone at Open requests for you: also opens new ones in the customer's name", () => {
  expect(warningsOf(facts(everyone('create'))).map(({ code, text }) => [code, text])).toEqual([['W3', w3]])
})

test('OR-037 OR-041 the account and its people: the vendor acts on their word; one tick a page', () => {
  expect(warningsOf(facts(person('service_admin'))).map(({ code, title, text, needsTick }) => [code, title, text, needsTick])).toEqual([
    ['W4', 'This lets Priya Raman manage your account', w4, true],
  ])
  expect(warningsOf(facts(everyone('full_admin'))).map(({ code, title, text, needsTick }) => [code, title, text, needsTick])).toEqual([
    ['W3', history, w3, false],
    ['W5', 'This lets everyone at Larkfield manage your account and your people', w5, true],
  ])
})

test('a level for named people opens no history to everyone, and Copied in only warns of nothing', () => {
  for (const level of ['cc', 'look', 'update', 'create']) expect(warningsOf(facts(person(level)))).toEqual([])
  expect(warningsOf(facts(everyone('cc')))).toEqual([])
})

test('a change that lets nobody do more still says what is true, and asks for no tick', () => {
  const narrower = warningsOf(facts(everyone('look'), { before: everyone('update') }))
  expect(narrower.map(({ code, needsTick, tick }) => [code, needsTick, tick])).toEqual([['W1', false, null]])
  expect(mustBeUnderstood(warningsOf(facts(everyone('look'), { before: everyone('look') })))).toBe(false)
  expect(mustBeUnderstood(warningsOf(facts(everyone('update'), { before: everyone('look') })))).toBe(true)
})

test('the numbers are never more than the truth', () => {
  const text = (more: Partial<WarningFacts>) => warningsOf(facts(everyone('update'), more))[0]?.text
  const one = { total: 1, open: 1, closed: 0, messages: 0, files: 0 }
  const none = { total: 0, open: 0, closed: 0, messages: 0, files: 0 }
  expect(text({ countsForEveryone: new Map([['service_request', one]]) })).toContain('your one service request, with its whole past')
  expect(text({ countsForEveryone: new Map([['service_request', one]]) })).toContain('close your one open service request.')
  expect(text({ countsForEveryone: new Map([['service_request', none]]) })).toContain('on the service requests you open from now on.')
  expect(text({ people: [] })).toMatch(/^Nobody works at Larkfield today; anyone they add later will be able to read/)
  expect(text({ people: staff.slice(0, 1) })).toMatch(/^The one person at Larkfield today, and anyone they add later,/)
  const personal = personally([
    ['p0', 'cc'],
    ['p1', 'look'],
  ])
  expect(text({ before: personal })).toMatch(/^12 of the 14 people at Larkfield today \(the others have personal levels\), and anyone/)
  expect(warningsOf(facts(everyone('look'), { countsForEveryone: new Map([['service_request', none]]) }))[0]?.title).toBe(
    'This opens every service request to everyone at Larkfield',
  )
})

test("OR-012 OR-014 a personal level lower than everyone's is warned about, and says what is lost", () => {
  const warnings = warningsOf(facts(person('look'), { before: everyone('update') }))
  expect(warnings.map(({ code, title, needsTick }) => [code, title, needsTick])).toEqual([
    ['W7', 'This gives Priya Raman less than everyone else at Larkfield', false],
  ])
  expect(warnings[0]?.text).toBe(
    'A personal level replaces the level for everyone. Priya Raman would lose: answer and attach files; change it; close it; add a contact; be its point of contact.',
  )
  expect(warningsOf(facts(person('create'), { before: everyone('update') }))).toEqual([])
  // In one request for both, the personal part is lower than what everyone would have.
  const both = personally([['p0', 'cc']], 'look')
  expect(warningsOf(facts(both)).map(({ code }) => code)).toEqual(['W1', 'W7'])
})

test("BX-14 the domain that does not fit is named beside the firm's", () => {
  expect(domainWarning('match', 'p@larkfield.example', 'Larkfield', 'larkfield.example')).toBeNull()
  expect(domainWarning('unknown', 'p@larkfield.example', 'Larkfield', null)).toBeNull()
  expect(domainWarning('other', 'p@mail.test', 'Larkfield', 'larkfield.example')).toMatchObject({ code: 'W8', needsTick: false })
  expect(domainWarning('look-alike', 'p@1arkfield.example', 'Larkfield', 'larkfield.example')).toMatchObject({
    code: 'W8',
    needsTick: true,
  })
})

test('BX-24 what changes for whom is said in sentences: nothing before, more, less, and passed by', () => {
  const before = personally(
    [
      ['p0', 'service_admin'],
      ['p1', 'cc'],
    ],
    'look',
  )
  const after = combined(before, everyone('update'))
  const { gain, lose, words } = changesBetween(law, staff, before, after)
  expect(gain).toEqual(['12 people would gain: answer and attach files; change it; close it; add a contact; be its point of contact.'])
  expect(lose).toEqual([])
  expect(words.slice(1)).toEqual([
    'Priya Raman: unchanged (personal level: Manage the account).',
    'Person 1: unchanged (personal level: Copied in only).',
  ])
  expect(changesBetween(law, staff.slice(0, 2), nothingHeld, person('look')).words).toEqual([
    'Priya Raman, who sees nothing now: See all requests.',
  ])
  expect(changesBetween(law, staff.slice(0, 1), everyone('update'), combined(everyone('update'), person('cc'))).lose).toHaveLength(1)
  expect(reachedBy(everyone('update'), after, staff).map(({ id }) => id)).toEqual(staff.slice(2).map(({ id }) => id))
})

test('each level of the ladder gains something over the one below, and loses nothing', () => {
  law.levels.forEach((level, place) => {
    const below = place === 0 ? [] : [at(law.levels[place - 1]?.code ?? '')]
    expect([gained(law, below, [at(level.code)]).length > 0, gained(law, [at(level.code)], below).length > 0]).toEqual([true, false])
  })
})

test('an access for one site is less than the same for the whole customer, and another site is more', () => {
  const site = (siteNo: number): AccessGiven => ({ ...at('look'), scope: { kind: 'sites', sites: [{ siteNo, name: `Site ${siteNo}` }] } })
  const standard = readDefinition(readFileSync('portals/standard.yaml', 'utf8'), 'portals/standard.yaml')
  const gains = (from: AccessGiven[], to: AccessGiven[]) => gained(standard, from, to).length > 0
  expect([
    gains([site(1)], [at('look')]),
    gains([at('look')], [site(1)]),
    gains([site(1)], [site(2)]),
    gains([site(1)], [site(1)]),
  ]).toEqual([true, false, true, false])
})

test('BX-24 an access for a group says who is in it, that the partner can add others, and asks for the tick', () => {
  const group = { id: 'g', name: 'Acme Robotics Work', members: new Set(['p0']), held: [at('update')] }
  const [warning] = warningsOf(facts({ ...nothingHeld, groups: [group] }))
  expect([warning?.code, warning?.title, warning?.needsTick]).toEqual([
    'W2',
    'This opens your whole history to the group “Acme Robotics Work”',
    true,
  ])
  expect(warning?.text).toMatch(
    /^The one person in the group “Acme Robotics Work” today, and anyone whom an administrator of Larkfield adds later, will be able to read/,
  )
})

test('OR-025 of several kinds the warning is about the one that people write on, and numbers the others beside it', () => {
  const telephony = readDefinition(readFileSync('portals/telephony-account.yaml', 'utf8'), 'portals/telephony-account.yaml')
  const held = [{ level: null, rights: ['decision_maker'], scope: wholeCustomer }]
  const group = { id: 'g', name: 'Acme Decision Maker', members: new Set<string>(), held }
  const text = (invoices: number) => {
    const count = (total: number) => ({ ...counts, total, open: total })
    const numbers = new Map([
      ['user', count(4)],
      ['ticket', count(2)],
      ['invoice', count(invoices)],
    ])
    return warningsOf(facts({ ...nothingHeld, groups: [group] }, { law: telephony, countsForEveryone: numbers }))[0]?.text
  }
  expect(text(1)).toContain('will be able to read every message and file on both of your past and present tickets. ')
  const two = staff.slice(0, 2)
  expect(warningsOf(facts(everyone('look'), { people: two }))[0]?.text).toMatch(
    /^Both people at Larkfield today, and anyone they add later,/,
  )
  expect(text(1)).toContain('They will also see your 4 phone users and your one invoice. ')
  expect(text(0)).toContain('They will also see your 4 phone users and invoices (there are none today). ')
  const orders = readDefinition(readFileSync('portals/managed-services.yaml', 'utf8'), 'portals/managed-services.yaml')
  const seen = forEveryone({ level: null, rights: ['orders'], scope: wholeCustomer })
  const all = new Map([['order', { ...counts, total: 3 }]])
  expect(warningsOf(facts(seen, { law: orders, countsForEveryone: all }))[0]?.text).toContain(
    'will be able to see all 3 of your past and present orders.',
  )
})

test('CD-038 BX-15 whoever could let in colleagues without asking is named, and nobody else is', () => {
  const services = readDefinition(readFileSync('portals/managed-services.yaml', 'utf8'), 'portals/managed-services.yaml')
  const both = forPeople([{ id: 'p0' }, { id: 'p1' }], { level: 'administrator', rights: [], scope: wholeCustomer })
  const orders = forPeople([{ id: 'p0' }], { level: null, rights: ['orders'], scope: wholeCustomer })
  const warned = (proposed: Holdings, letIn: string[]) =>
    warningsOf(facts(proposed, { law: services, letIn: new Set(letIn) })).map(({ code, text }) => [code, text])
  expect(warned(both, ['p0'])).toEqual([
    [
      'W6',
      'Priya Raman will be able to give the same access, or less, to other people at Larkfield without asking you. You will get an e-mail each time.',
    ],
  ])
  expect([warned(both, []), warned(orders, ['p0'])]).toEqual([[], []])
})
