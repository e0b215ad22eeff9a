// Compiles a checked portal definition to the law: what can be given, home roles, record kinds and pages, and one row expression for every action.
import type { Period } from '../kernel/instant.ts'
import type { Action, HomeRoleLaw, KindLaw, Law, NamedLaw, Side } from '../law/law.ts'
import { conversationRelations, type Scope } from '../rows/expression.ts'
import { compileLevels, compileRights } from './compile-allowances.ts'
import { compileNotices, noticesOfRole } from './compile-notices.ts'
import { permissionsOf } from './compile-permissions.ts'
import { compileRules } from './compile-rules.ts'
import type { PortalDefinition } from './schema.ts'

interface Identity {
  readonly source: string
  readonly version: number
}

/** A portal where nobody is given access has no terms either; these are never used. */
const noAccess = {
  grantees: [],
  precedence: ['person', 'group', 'organization'],
  term: { default: '6 months', longest: '2 years' },
} as const

export function compile(definition: PortalDefinition, identity: Identity): Law {
  const { access = noAccess, requests } = definition
  const levels = compileLevels(definition)
  const rights = compileRights(definition)
  const homeRoles = compileHomeRoles(definition)
  return {
    ...identity,
    portal: definition.portal,
    names: definition.names,
    kinds: new Map(Object.entries(definition.records).map(([kind, record]) => [kind, compileKind(kind, record)])),
    homeRoles,
    shape: definition.access?.shape ?? 'rights',
    levels,
    rights,
    partnerTypes: named(definition.partner_types),
    switches: named(definition.switches),
    pages: new Map(Object.entries(definition.pages ?? {}).map(([page, { name, shows }]) => [page, { page, name, shows: shows ?? null }])),
    rules: new Map<Action, ReturnType<typeof compileRules>[number][1]>(
      compileRules(definition, [...levels, ...rights], [...homeRoles.values()]),
    ),
    grantees: access.grantees,
    precedence: access.precedence,
    term: { default: access.term.default as Period, longest: access.term.longest as Period },
    colleagues: definition.access?.colleagues ?? null,
    notices: compileNotices(definition),
    requests: {
      answeredBy: requests?.answered_by ?? [],
      lapseAfter: (requests?.lapse_after ?? '30 days') as Period,
      secondFor: requests?.second_approver_for ?? [],
    },
    invitations: definition.invitations ? { lapseAfter: definition.invitations.lapse_after as Period } : null,
    accountRequests: compileAccountRequests(definition.account_requests),
  }
}

function compileAccountRequests(requests: PortalDefinition['account_requests']): Law['accountRequests'] {
  if (!requests) return null
  const asks = Object.entries(requests.asks).map(([code, { name, says, action, for_person: forPerson = false }]) => ({
    code,
    name,
    says,
    action: action === undefined ? null : (`account:${action}` satisfies Action),
    forPerson,
  }))
  return { opens: requests.opens, countsAs: requests.counts_as, asks }
}

/** The one state of a kind that has none of its own. */
const current = { current: { name: 'Current', closed: false } }

function compileKind(kind: string, record: PortalDefinition['records'][string]): KindLaw {
  const states = Object.entries(record.states ?? current)
  const { part_of: parents = [] } = record
  return {
    kind,
    names: { ...record.name, number: record.name.number ?? '' },
    states: states.map(([code, state]) => ({ code, name: state.name, closed: state.closed === true })),
    opensAs: record.opens_as ?? 'current',
    closesAs: record.closes_as ?? 'current',
    reopensAs: record.reopens_as ?? 'current',
    actions: Object.entries(record.actions).map(([action, words]) => ({ action, words })),
    people: record.people ?? conversationRelations,
    partners: record.partners ?? [],
    parents: typeof parents === 'string' ? [parents] : parents,
    refersTo: record.refers_to ?? null,
    fields: new Map(Object.entries(record.fields ?? {})),
    money: record.money === true,
  }
}

const named = (ones: PortalDefinition['switches']): NamedLaw[] => Object.entries(ones ?? {}).map(([code, { name }]) => ({ code, name }))

function compileHomeRoles(definition: PortalDefinition): Map<string, HomeRoleLaw> {
  const sides: Side[] = ['customer', 'partner', 'vendor']
  return new Map(
    sides.flatMap((side) =>
      Object.entries(definition.home[side]).map(([role, { scope = [], falls_back_to: fallsBackTo }]): [string, HomeRoleLaw] => [
        role,
        {
          role,
          side,
          may: permissionsOf(role, definition.home[side], definition),
          notices: noticesOfRole(role, definition.home[side]),
          scopes: scope.filter((one): one is Scope => one !== 'all'),
          ...(fallsBackTo === undefined ? {} : { fallsBackTo }),
        },
      ]),
    ),
  )
}
