// Ends of accesses that an import brought in: told like any other's, unless the access was over before its own import began.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { createContext } from '../../context/context.ts'
import type { Instant } from '../../kernel/instant.ts'
import { type EmptyPortal, emptyPortal, smallWorld } from '../import/portal.test-support.ts'
import type { LineInput } from '../import/world-lines.ts'
import { tellOfEnds } from './tell-of-ends.ts'

describe.each(databaseKinds)('ends of imported accesses on %s', (kind) => {
  let portal: EmptyPortal
  beforeAll(async () => {
    portal = await emptyPortal(kind)
  })
  afterAll(() => portal.close())

  const access = (id: string, person: string, endsOn: string): LineInput => ({
    ...{ kind: 'grant', id, customer: 'acme', grantee: { partner: 'larkfield' }, person, level: 'update', endsOn },
    givenAt: '2026-10-01T08:00:00Z',
  })
  const consultant = (id: string): LineInput => ({
    ...{ kind: 'person', id, email: `${id}@larkfield.example`, name: id, home: { partner: 'larkfield' }, roles: ['consultant'] },
  })
  const bringIn = async (lines: readonly LineInput[]) => expect((await portal.lines(lines, { trustGrants: true })).rows).toEqual([])
  const tell = () => tellOfEnds(createContext(portal.house, { kind: 'system', task: 'remind' }, 'test'))
  const told = async () =>
    (
      await portal.rows<{ external_id: string }>(
        `select g.external_id from audit_entries a join grants g on g.id::text = a.on_id where a.what = 'grant.ended' order by 1`,
      )
    ).map(({ external_id }) => external_id)
  const holders = async () =>
    (
      await portal.rows<{ name: string }>(
        `select p.name from record_people n join people p on p.id = n.person_id where n.relation = 'point_of_contact' order by 1`,
      )
    ).map(({ name }) => name)

  test('BX-12 an import that begins between the end and its telling hides nothing: both sides are told, and the open work is handed over', async () => {
    await bringIn([
      ...smallWorld.filter((line) => typeof line === 'object' && !['grant', 'message', 'record'].includes(line.kind)),
      consultant('omar'),
      access('a-night', 'priya', '2026-12-01'),
      access('a-over', 'omar', '2026-11-15'),
      {
        ...{ kind: 'record', recordKind: 'service_request', id: 'SR-1', customer: 'acme', title: 'Robot arm stops', state: 'active' },
        createdAt: '2026-11-01T08:00:00Z',
        contacts: [
          { person: 'dana', relation: 'requester' },
          { person: 'priya', relation: 'point_of_contact' },
        ],
      },
    ])
    expect([await tell(), await holders()]).toEqual([0, ['Priya Raman']])
    // Midnight in Madrid has passed, and the nightly import begins before the job runs.
    portal.clock.at = '2026-12-01T23:00:30.000Z' as Instant
    await bringIn([{ kind: 'customer', id: 'gamma', name: 'Gamma' }, consultant('olga'), access('a-late', 'olga', '2026-11-30')])
    expect([await tell(), await told(), await holders()]).toEqual([1, ['a-night'], ['Dana Lee']])
    const letters = await portal.rows<{ email: string }>(
      `select p.email from outbox o join people p on p.id = o.to_person_id where o.letter = 'access-ended' order by 1`,
    )
    expect(letters.map(({ email }) => email)).toEqual(['dana@acme.example', 'priya@larkfield.example'])
    expect(await tell()).toBe(0)
  })
})
