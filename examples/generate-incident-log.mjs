// Makes examples/incident-log.csv: an invented incident log of the shape that a service desk's audit log has, always the same one.
// Usage: node examples/generate-incident-log.mjs > examples/incident-log.csv
import { fileURLToPath } from 'node:url'

const columns =
  'number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at'
const minute = 60_000
const dayOne = Date.UTC(2016, 1, 29)

/** Small, seeded and the same on every machine (mulberry32). */
function randomFrom(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The log as text: `incidents` of them, each with the events of its life, in the order of their numbers. */
export function incidentLog({ incidents = 110, seed = 20_160_305 } = {}) {
  const random = randomFrom(seed)
  const below = (count) => Math.floor(random() * count)
  // The first ones are picked far more often, as in life.
  const skewed = (count) => Math.floor(count * random() ** 2.2)
  const world = { below, skewed, random, locations: 13, groups: 9, callers: 60, resolvers: 22, openers: 6 }
  const lines = [columns]
  for (let place = 0; place < incidents; place++) lines.push(...eventsOf(world, 9000001 + place * (1 + (place % 3 === 0))))
  return `${lines.join('\n')}\n`
}

function eventsOf(world, number) {
  const { below, skewed, random } = world
  const caller = skewed(world.callers)
  // Most callers call from their own location, some from another one now and then, and now and then nobody writes it down.
  const location =
    random() < 0.04 ? '?' : `Location ${1 + ((((caller * 5) % world.locations) + (random() < 0.06 ? 1 : 0)) % world.locations)}`
  const opened = dayOne + below(6 * 24 * 60) * minute
  const category = 1 + below(8)
  const fixed = {
    number: `INC${number}`,
    caller_id: `Caller ${500 + caller}`,
    opened_by: random() < 0.1 ? '?' : `Opened by  ${10 + below(world.openers)}`,
    opened_at: written(opened),
    sys_created_by: '?',
    sys_created_at: '?',
    contact_type: 'Phone',
    category: `Category ${category}`,
    subcategory: `Subcategory ${category * 10 + below(4)}`,
    u_symptom: random() < 0.3 ? '?' : `Symptom ${1 + below(40)}`,
    cmdb_ci: '?',
    ...[
      ['2 - Medium', '2 - Medium', '3 - Moderate'],
      ['3 - Low', '3 - Low', '4 - Low'],
      ['1 - High', '2 - Medium', '2 - High'],
    ].map(([impact, urgency, priority]) => ({ impact, urgency, priority }))[skewed(3)],
    problem_id: '?',
    rfc: '?',
    vendor: '?',
    caused_by: '?',
    closed_code: `code ${1 + below(9)}`,
  }
  const resolved = opened + (60 + below(9 * 24 * 60)) * minute
  const events = lifeOf(world, { opened, resolved, location })
  return events.map((event, place) =>
    row({
      ...fixed,
      ...event,
      sys_mod_count: place,
      resolved_by: `Resolved by ${1 + below(20)}`,
      resolved_at: written(resolved),
      closed_at: written(resolved + 5 * 1440 * minute),
    }),
  )
}

/** New, then open with some back and forth, then resolved, then closed five days later. */
function lifeOf({ below, skewed, random, groups, resolvers }, { opened, resolved, location }) {
  let group = 1 + skewed(groups)
  let resolver
  let at = opened + below(20) * minute
  const events = []
  const add = (incident_state, active) =>
    events.push({
      incident_state,
      active: active ? 'TRUE' : 'FALSE',
      sys_updated_by: `Updated by ${1 + below(30)}`,
      sys_updated_at: written(at),
      location,
      assignment_group: random() < 0.01 ? '?' : `Group ${group}`,
      assigned_to: resolver === undefined ? '?' : `Resolver ${resolver}`,
      reassignment_count: 0,
    })
  add('New', true)
  const steps = below(5)
  for (let step = 0; step < steps; step++) {
    at += Math.max(1, Math.floor(((resolved - at) / (steps + 1)) * random())) * 1
    at -= at % minute
    // A resolver belongs to one group, and helps out in the next one.
    if (random() < 0.3) group = 1 + skewed(groups)
    resolver = 1 + ((group * 3 + below(3) + (random() < 0.15 ? 3 : 0)) % resolvers)
    add(['Active', 'Active', 'Awaiting User Info', 'Awaiting Problem', 'Awaiting Vendor', 'Awaiting Evidence'][skewed(6)], true)
  }
  at = resolved
  add('Resolved', true)
  at = resolved + 5 * 1440 * minute
  add('Closed', false)
  return events
}

function row(values) {
  const fixed = { reopen_count: 0, made_sla: 'TRUE', knowledge: 'TRUE', u_priority_confirmation: 'FALSE', notify: 'Do Not Notify' }
  const all = { ...fixed, ...values }
  return columns
    .split(',')
    .map((name) => String(all[name] ?? '?'))
    .join(',')
}

/** D-M-YYYY H:mm with two digits, as such logs write it. */
function written(at) {
  const [date, time] = new Date(at).toISOString().split('T')
  return `${date.split('-').reverse().join('-')} ${time.slice(0, 5)}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(incidentLog())
