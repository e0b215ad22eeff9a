// The client of Latchkey's API: every call typed, the same in a browser (session cookie) and in a program (API key).

import { grantCalls, groupCalls, partnerCalls } from './access.ts'
import { accessRequestCalls } from './access-requests.ts'
import { accountRequestCalls } from './account-requests.ts'
import { type CallOptions, createCall } from './call.ts'
import { colleagueCalls, linkCalls } from './colleagues.ts'
import { contactCalls } from './contacts.ts'
import { definitionCalls } from './definitions.ts'
import { invitationCalls } from './invitations.ts'
import { lookCalls } from './looks.ts'
import { noticeCalls } from './notices.ts'
import { importCalls, portalCalls, questionCalls } from './portal.ts'
import { recordCalls } from './records.ts'
import { apiKeyCalls, meCalls, signInCalls } from './sign-in.ts'
import { focusCalls, removalCalls } from './ways-out.ts'

export type Client = ReturnType<typeof createClient>

/** `createClient({ baseUrl: 'https://portal.example', key: 'lk_…' })`. Every method throws `Problem` when the server says no. */
export function createClient(options: CallOptions) {
  const call = createCall(options)
  return {
    signIn: signInCalls(call),
    me: meCalls(call),
    apiKeys: apiKeyCalls(call),
    partners: partnerCalls(call),
    grants: grantCalls(call),
    contacts: contactCalls(call),
    groups: groupCalls(call),
    removals: removalCalls(call),
    focus: focusCalls(call),
    looks: lookCalls(call),
    invitations: invitationCalls(call),
    accessRequests: accessRequestCalls(call),
    accountRequests: accountRequestCalls(call),
    colleagues: colleagueCalls(call),
    links: linkCalls(call),
    notices: noticeCalls(call),
    records: recordCalls(call),
    portal: portalCalls(call),
    definitions: definitionCalls(call),
    questions: questionCalls(call),
    imports: importCalls(call),
  }
}
