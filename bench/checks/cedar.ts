// A peer of checks: Cedar as WebAssembly, with policies parsed beforehand and only the entities of the question handed over.
import { type EntityJson, preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import type { HandMade, TextCheck } from './maps.ts'

const policies = `
permit (principal, action == Action::"read", resource) when { context has level && (context.level >= 1 || resource.named.contains(principal)) };
permit (principal, action == Action::"reply", resource)
  when { resource.open && context has level && (context.level >= 2 || resource.named.contains(principal)) };
permit (principal, action == Action::"update", resource) when { resource.open && context has level && context.level >= 2 };
permit (principal, action == Action::"read", resource)
  when { principal in resource.customer && (principal.manages || resource.named.contains(principal)) };
permit (principal, action == Action::"reply", resource)
  when { resource.open && principal in resource.customer && (principal.manages || resource.named.contains(principal)) };
permit (principal, action == Action::"update", resource) when { resource.open && principal in resource.customer && principal.manages };`

const user = (id: string) => ({ type: 'User', id })
const organization = (id: string) => ({ type: 'Organization', id })

/** Which grant decides is found before and handed over as the context: that part Cedar is spared. */
export function cedarCheck({ people, grants, records }: HandMade): TextCheck {
  const parsed = preparsePolicySet('bench', { staticPolicies: policies })
  if (parsed.type !== 'success') throw new Error(`Cedar does not read the policies: ${JSON.stringify(parsed)}`)
  const inForce = (key: string) => {
    const grant = grants.get(key)
    return grant && grant.until > 0 ? grant.level : undefined
  }
  return (personKey, action, recordKey) => {
    const [person, record] = [people.get(personKey), records.get(recordKey)]
    if (!person || !record) return false
    const level = inForce(`${record.customer}|${personKey}`) ?? inForce(`${record.customer}|${person.home}`)
    const resource = { type: 'Record', id: recordKey }
    const entities: EntityJson[] = [
      { uid: user(personKey), attrs: { manages: person.manages }, parents: [organization(person.home)] },
      {
        uid: resource,
        attrs: {
          customer: { __entity: organization(record.customer) },
          open: record.state !== 'closed',
          named: Array.from(record.named, (name) => ({ __entity: user(name) })),
        },
        parents: [],
      },
    ]
    const asked = { principal: user(personKey), action: { type: 'Action', id: action }, resource, entities }
    const answer = statefulIsAuthorized({ ...asked, context: level === undefined ? {} : { level }, preparsedPolicySetId: 'bench' })
    if (answer.type !== 'success') throw new Error(`Cedar does not answer: ${JSON.stringify(answer)}`)
    return answer.response.decision === 'allow'
  }
}
