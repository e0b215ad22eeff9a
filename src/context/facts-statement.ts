// The one statement that loads the facts of a question: $1 the people's ids, $2 the thing's id, $3 the instant, $4 the record kind, $5 a person's external
// id, $6 the thing's external id.
import type { On } from '../law/facts.ts'

const none = (type: string, name: string): string => `null::${type} as ${name}`
const nothing = `${none('uuid', 'customer_id')}, ${none('uuid', 'partner_id')}, ${none('uuid', 'asked_by')}, ${none('bigint', 'record_id')}, ${none('uuid', 'grant_id')}`

/** The columns that every kind of thing has; each kind names the rows it is made from. */
const things: Record<On['kind'], string> = {
  portal: `select ${nothing} where $2::text is null`,
  self: `select ${nothing} where $2::text is null`,
  customer: `select id as customer_id, ${none('uuid', 'partner_id')}, ${none('uuid', 'asked_by')}, ${none('bigint', 'record_id')}, ${none('uuid', 'grant_id')}
    from organizations where kind = 'customer' and (id = $2::uuid or external_id = $6)`,
  partner: `select ${none('uuid', 'customer_id')}, id as partner_id, ${none('uuid', 'asked_by')}, ${none('bigint', 'record_id')}, ${none('uuid', 'grant_id')}
    from organizations where kind in ('partner', 'vendor') and id = $2::uuid`,
  record: `select o.id as customer_id, ${none('uuid', 'partner_id')}, ${none('uuid', 'asked_by')}, r.id as record_id, ${none('uuid', 'grant_id')}
    from records r left join organizations o on o.customer_no = r.customer_no where r.kind = $4 and (r.id = $2::bigint or r.external_id = $6)`,
  access_request: `select customer_id, partner_id, asked_by, ${none('bigint', 'record_id')}, ${none('uuid', 'grant_id')} from access_requests where id = $2::uuid`,
  grant: `select customer_id, partner_id, ${none('uuid', 'asked_by')}, ${none('bigint', 'record_id')}, id as grant_id from grants where id = $2::uuid`,
}

const inForce = (row: string): string => `${row}.from_at <= $3 and (${row}.until_at is null or ${row}.until_at > $3)`
const standing = (row: string): string => `(${row}.suspended_at is null or ${row}.suspended_at > $3)`

/** The people asked about as they stood at the instant, with their home; who belonged nowhere is left out. */
const subjectsWho = (condition: string): string => `
subjects as (
  select p.id as person_id, p.name, m.organization_id, o.name as organization_name, o.kind as side, m.roles, m.switches, p.attributes, o.partner_type,
    not ${standing('o')} as suspended,
    array(select json_build_object('role', n.role, 'siteNo', n.site_no) from membership_sites n where n.membership_id = m.id) as site_roles,
    array(select u.id from group_members g join groups u on u.id = g.group_id and u.partner_id = o.id and u.created_at <= $3 and (u.ended_at is null or u.ended_at > $3)
      where g.person_id = p.id and ${inForce('g')}) as groups,
    array(select a.id from organizations a where o.kind = 'partner' and a.kind = 'partner' and ${standing('a')}
      and (a.id = o.id or (a.partner_type = o.partner_type and a.reference = o.reference))) as alike
  from people p join memberships m on m.person_id = p.id and ${inForce('m')} join organizations o on o.id = m.organization_id
  where ${condition})`
const subjects = subjectsWho('p.id = any ($1::uuid[]) or p.external_id = $5')

/** Somebody at a partner ($1) who is nobody in particular: no name, no group, no switch, only what everybody there has. */
const anybody = `
subjects as (
  select null::uuid as person_id, o.name, o.id as organization_id, o.name as organization_name, o.kind as side, '{}'::text[] as roles, '{}'::text[] as switches,
    '{}'::jsonb as attributes, o.partner_type, not ${standing('o')} as suspended, '{}'::json[] as site_roles, '{}'::uuid[] as groups,
    array(select a.id from organizations a where a.kind = 'partner' and ${standing('a')}
      and (a.id = o.id or (a.partner_type = o.partner_type and a.reference = o.reference))) as alike
  from organizations o where o.kind = 'partner' and o.id = any ($1::uuid[]))`

/** The thing's customer and that of the record it refers to, and the customers that they are subordinate to. */
const places = `
places as (
  select 'record' as through, c.id from thing t join organizations c on c.id = t.customer_id and ${standing('c')}
  union all
  select 'reference', c.id from thing t join records r on r.kind = $4 and r.id = t.record_id
    join organizations c on c.customer_no = r.reference_customer_no and ${standing('c')}),
superiors (through, id) as (
  select p.through, c.id from places p join relationships l on l.customer_id = p.id and l.relation = 'subordinate' and ${inForce('l')}
    join organizations c on c.id = l.partner_id and ${standing('c')}
  union
  select s.through, c.id from superiors s join relationships l on l.customer_id = s.id and l.relation = 'subordinate' and ${inForce('l')}
    join organizations c on c.id = l.partner_id and ${standing('c')}),
related as (
  select p.through, l.relation, l.partner_id from places p join relationships l on l.customer_id = p.id and l.relation in ('associated', 'preferred') and ${inForce('l')}
  union
  select s.through, 'subordinate', l.partner_id from superiors s join relationships l on l.customer_id = s.id and l.relation = 'associated' and ${inForce('l')})`

const grants = `
standing as (
  select g.*, b.name as given_by_name,
    array(select s.site_no from grant_sites n join sites s on s.site_no = n.site_no and s.customer_id = g.customer_id where n.grant_id = g.id) as sites,
    array(select json_build_object('kind', n.kind, 'id', n.record_id::text) from grant_records n where n.grant_id = g.id) as records
  from grants g join thing t on t.customer_id = g.customer_id left join people b on b.id = g.given_by
  where g.id = t.grant_id or exists (select 1 from subjects s where s.organization_id = g.partner_id and (g.person_id is null or g.person_id = s.person_id)))`

// "asked" only names the parameters' types: not every kind of thing uses all of them.
const statement = (kind: On['kind'], whom: string = subjects): string => `
with recursive asked as (select $3::timestamptz as at, $4::text as kind, $5::text as person, $6::text as thing),${whom},
thing as (${things[kind]}),${places},${grants}
select coalesce((select json_agg(json_build_object(
    'subject', json_build_object('personId', s.person_id, 'name', s.name, 'organizationId', s.organization_id, 'organizationName', s.organization_name,
      'side', s.side, 'roles', s.roles, 'siteRoles', s.site_roles, 'suspended', s.suspended, 'partnerType', s.partner_type, 'switches', s.switches,
      'groups', s.groups, 'alike', s.alike, 'attributes', s.attributes),
    'relations', array(select n.relation from thing t join record_people n on n.kind = $4 and n.record_id = t.record_id where n.person_id = s.person_id),
    'partners', array(select json_build_object('relation', a.relation, 'partnerId', a.partner_id)
      from thing t join record_assignments a on a.kind = $4 and a.record_id = t.record_id where a.partner_id = any (s.alike)),
    'related', array(select json_build_object('through', r.through, 'relation', r.relation, 'partnerId', r.partner_id) from related r
      where r.partner_id = any (s.alike)))) from subjects s), '[]') as subjects,
  (select json_build_object('customerId', t.customer_id, 'partnerId', t.partner_id, 'askedBy', t.asked_by, 'grantId', t.grant_id,
    'customer', (select json_build_object('id', o.id, 'name', o.name, 'number', o.customer_no, 'timeZone', o.time_zone, 'suspended', not ${standing('o')},
      'colleagues', (select h.choice from colleague_choices h where h.customer_id = o.id and ${inForce('h')}))
      from organizations o where o.id = t.customer_id),
    'record', (select json_build_object('id', r.id::text, 'kind', r.kind, 'externalId', r.external_id, 'number', r.number, 'title', r.title,
      'state', r.state, 'siteNo', r.site_no, 'attributes', r.attributes, 'reference', case when r.reference_customer_no is null then 'none'
      else (select case when ${standing('c')} then 'standing' else 'suspended' end from organizations c where c.customer_no = r.reference_customer_no) end) from records r where r.kind = $4 and r.id = t.record_id)) from thing t) as thing,
  (select coalesce(json_agg(standing), '[]') from standing) as grants,
  (select coalesce(max(version), 0) from portal_definitions) as version`

/** The same for many pairs of a person and a thing of one kind: every parameter but the instant holds one for each pair, and the answers come in their order. */
const ofPairs = (kind: On['kind']): string => {
  const one = statement(kind, subjectsWho('p.id = one.person or p.external_id = $5'))
  const columns = { $2: 'one.id', $4: 'one.kind', $5: 'one.person_external', $6: 'one.external' }
  const ofOne = Object.entries(columns).reduce((text, [parameter, column]) => text.replaceAll(parameter, column), one)
  return `select facts.*
from unnest($1::uuid[], $2::text[], $4::text[], $5::text[], $6::text[]) with ordinality as one (person, id, kind, person_external, external, place)
cross join lateral (${ofOne}) facts order by one.place`
}

const textsOfPairs = new Map(Object.keys(things).map((kind) => [kind, ofPairs(kind as On['kind'])]))
const texts = new Map(Object.keys(things).map((kind) => [kind, statement(kind as On['kind'])]))

/** The statement for many pairs of a person and a thing of a kind; prepared once on each connection. */
export const factsOfPairsStatement = (kind: On['kind']): { name: string; text: string } => ({
  name: `facts_pairs_${kind}`,
  text: textsOfPairs.get(kind) as string,
})

/** The statement for a kind of thing; prepared once on each connection. */
export const factsStatement = (kind: On['kind']): { name: string; text: string } => ({
  name: `facts_${kind}`,
  text: texts.get(kind) as string,
})

/** The same about nobody in particular at a partner. */
export const factsOfAnybodyStatement = (kind: On['kind']): { name: string; text: string } => ({
  name: `facts_anybody_${kind}`,
  text: statement(kind, anybody),
})
