// A contact as the API shows them: a person of the organization, or somebody who is only written down.
import type { Instant } from '../../kernel/instant.ts'
import type { Law } from '../../law/law.ts'
import { domainVerdict } from '../organizations/rules.ts'
import { administers, type Held, type Member, type Powers } from './rules.ts'

/** here: signs in · not_signed_in: asked to, and has not yet · written_down: signs in nowhere here · disabled: was here. */
export type ContactState = 'here' | 'not_signed_in' | 'written_down' | 'disabled'

/** What is known of a contact before it is shown to somebody. */
export interface Contact extends Held {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly state: ContactState
  readonly since: Instant
  readonly until: Instant | null
  /** Asked to sign in, and not only written down. */
  readonly signsIn: boolean
  /** Of a person; null: an entry. */
  readonly member: Member | null
}

export interface ContactView {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly state: ContactState
  readonly roles: readonly string[]
  readonly siteRoles: readonly { readonly role: string; readonly siteNo: number; readonly site: string }[]
  readonly administrator: boolean
  readonly since: Instant
  readonly until: Instant | null
  readonly validated: boolean
  readonly you: boolean
  /** The partner at whose domain the address is: better given access there than kept as one's own contact (OR-095). */
  readonly outside: { readonly id: string; readonly name: string } | null
  readonly abilities: { readonly change: boolean; readonly disable: boolean; readonly enable: boolean; readonly validate: boolean }
}

export interface Around {
  readonly law: Law
  readonly powers: Powers
  readonly actorId: string | null
  readonly sites: ReadonlyMap<number, string>
  readonly validated: ReadonlySet<string>
  readonly partners: readonly { readonly id: string; readonly name: string; readonly emailDomain: string | null }[]
}

export function viewOf(contact: Contact, { law, powers, actorId, sites, validated, partners }: Around): ContactView {
  const { id, name, email, state, roles, siteRoles, since, until } = contact
  const administrator = roles.some((role) => administers(law, role))
  const you = id === actorId
  const may = powers.manage && !you && (!administrator || powers.makeAdministrator)
  const outside = state === 'disabled' ? undefined : partners.find(({ emailDomain }) => domainVerdict(email, emailDomain) === 'match')
  return {
    id,
    name,
    email,
    state,
    roles,
    siteRoles: siteRoles.map(({ role, siteNo }) => ({ role, siteNo, site: sites.get(siteNo) ?? `${siteNo}` })),
    administrator,
    since,
    until,
    validated: validated.has(id),
    you,
    outside: outside ? { id: outside.id, name: outside.name } : null,
    abilities: {
      change: may && state !== 'disabled',
      disable: may && state !== 'disabled',
      enable: may && state === 'disabled',
      validate: powers.validate && !you && state !== 'disabled',
    },
  }
}
