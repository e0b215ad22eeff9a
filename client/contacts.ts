// The people of an organization: who is there, what each may do there, and what ends when somebody goes.
import type { Named } from './access.ts'
import type { Call } from './call.ts'

export interface SiteRole {
  role: string
  siteNo: number
}

/** here: signs in; not_signed_in: asked to, and has not yet; written_down: does not sign in here; disabled: was here. */
export type ContactState = 'here' | 'not_signed_in' | 'written_down' | 'disabled'

export interface Contact extends Named {
  email: string
  state: ContactState
  roles: string[]
  siteRoles: (SiteRole & { site: string })[]
  administrator: boolean
  since: string
  until: string | null
  validated: boolean
  you: boolean
  /** The partner whose domain the address has. */
  outside: Named | null
  abilities: { change: boolean; disable: boolean; enable: boolean; validate: boolean }
}

export interface People {
  organization: Named & { side: 'customer' | 'partner' | 'vendor' }
  items: Contact[]
  standIns: { role: string; by: string | null; people: string[] }[]
  /** Those that you may give here. */
  roles: { role: string; administrator: boolean; atSites: boolean }[]
  sites: { siteNo: number; name: string }[]
  customers: Named[]
  abilities: { add: boolean; manage: boolean; makeAdministrator: boolean }
}

export interface NewContact {
  email: string
  name: string
  roles: string[]
  siteRoles?: SiteRole[]
  /** false: only written down. */
  signsIn?: boolean
}

interface Receipt {
  ended: string[]
  left: string[]
}

export interface Gone extends Receipt {
  contact: Contact
  customers: (Named & Receipt)[]
}

export function contactCalls(call: Call) {
  const people = (organizationId: string, rest = '') => `/api/v1/organizations/${encodeURIComponent(organizationId)}/people${rest}`
  const one = (organizationId: string, id: string, rest: string) => people(organizationId, `/${encodeURIComponent(id)}${rest}`)
  return {
    list: (organizationId: string, all = false) => call.get<People>(people(organizationId), { all }),
    add: (organizationId: string, contact: NewContact) => call.send<Contact>('POST', people(organizationId), contact),
    changeRoles: (organizationId: string, id: string, held: { roles: string[]; siteRoles?: SiteRole[] }) =>
      call.send<Contact>('PUT', one(organizationId, id, '/roles'), held),
    validate: (organizationId: string, id: string, validated: boolean) =>
      call.send<Contact>('PUT', one(organizationId, id, '/validation'), { validated }),
    /** Ends everything that they had by the organization, at once and everywhere. */
    disable: (organizationId: string, id: string) => call.send<Gone>('POST', one(organizationId, id, '/disabling'), {}),
    enable: (organizationId: string, id: string) => call.send<Contact>('POST', one(organizationId, id, '/enabling'), {}),
  }
}
