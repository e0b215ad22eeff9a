// What is sent to each endpoint of the API by people who may not: a body that would be right if it came from the right person.

interface Attempt {
  readonly body?: unknown
  /** Sends a form with one small file instead. */
  readonly form?: true
  /** Answered without signing in, by design; 'by token': to whoever has one, and to everybody else as if nothing were there. */
  readonly open?: true | 'by token'
}

/** What is sent to each endpoint: a body that would be right if it came from the right person. An endpoint that is missing here fails the fence. */
export const attempts = (ids: Ids): Record<string, Attempt> => ({
  'GET /api/v1/portal': { open: true },
  'POST /api/v1/sign-in/codes': { open: true, body: { email: 'nobody@nowhere.example' } },
  'POST /api/v1/sign-in/sessions': { open: true, body: { email: ids.danaEmail, code: '0000-0000' } },
  'POST /api/v1/sign-in/passkey-challenges': { open: true, body: {} },
  'POST /api/v1/sign-in/passkey-sessions': { open: true, body: { response: {} } },
  'GET /.well-known/authzen-configuration': { open: true },
  'GET /api/v1/me': {},
  'PATCH /api/v1/me': { body: { language: 'en' } },
  // Signing out is done whoever asks.
  'DELETE /api/v1/me/session': { open: true },
  'GET /api/v1/me/sessions': {},
  'DELETE /api/v1/me/sessions': {},
  'DELETE /api/v1/me/sessions/{id}': {},
  'POST /api/v1/me/passkey-challenges': { body: {} },
  // What an authenticator made is checked before the door is opened, so that no transaction waits for it.
  'POST /api/v1/me/passkeys': { open: true, body: { name: 'x', response: {} } },
  'GET /api/v1/me/passkeys': {},
  'DELETE /api/v1/me/passkeys/{id}': {},
  'POST /api/v1/api-keys': { body: { name: 'mine', side: 'customer', organization: ids.acme } },
  'GET /api/v1/api-keys': {},
  'DELETE /api/v1/api-keys/{id}': {},
  'GET /api/v1/portal-definitions/current': {},
  'POST /api/v1/portal-definitions/difference': { body: { old: 'current', new: { source: 'portal: mine' } } },
  'POST /api/v1/portal-definitions': { body: { source: 'portal: mine', replaces: 1 } },
  'GET /api/v1/partners': {},
  'GET /api/v1/partners/{id}/people': {},
  'GET /api/v1/partners/{id}/groups': {},
  'GET /api/v1/sites': {},
  'GET /api/v1/colleagues': {},
  'GET /api/v1/organizations/{id}/people': {},
  'POST /api/v1/organizations/{id}/people': { body: { email: 'mallory@elsewhere.example', name: 'Mallory', roles: ['contact_manager'] } },
  'PUT /api/v1/organizations/{id}/people/{personId}/roles': { body: { roles: ['contact_manager'] } },
  'PUT /api/v1/organizations/{id}/people/{personId}/validation': { body: { validated: true } },
  'POST /api/v1/organizations/{id}/people/{personId}/disabling': { body: {} },
  'POST /api/v1/organizations/{id}/people/{personId}/enabling': { body: {} },
  'GET /api/v1/grants': {},
  'GET /api/v1/grants/{id}': {},
  'POST /api/v1/grants': {
    body: { partnerId: ids.larkfield, personIds: null, level: 'look', endsOn: '2027-02-01', reason: 'x', understood: true },
  },
  'POST /api/v1/grants/preview': { body: { partnerId: ids.larkfield, personIds: null, level: 'look', endsOn: '2027-02-01' } },
  'POST /api/v1/grants/vendor-people': { body: { email: 'ana@meridia.example', level: 'look', endsOn: '2027-02-01', reason: 'x' } },
  'POST /api/v1/grants/changes': { body: { changes: [{ id: ids.grant, level: 'full_admin' }] } },
  'POST /api/v1/grants/{id}/change': { body: { level: 'full_admin' } },
  'POST /api/v1/grants/{id}/removal': { body: {} },
  'POST /api/v1/grants/{id}/confirmation': { body: {} },
  'POST /api/v1/grants/{id}/relinquishment': { body: {} },
  'GET /api/v1/partners/{id}/removal': {},
  'POST /api/v1/partners/{id}/removal': { body: {} },
  'PUT /api/v1/partners/{id}/suspension': { body: { reason: 'x' } },
  'POST /api/v1/partners/{id}/suspension/lifting': { body: { reason: 'x' } },
  'GET /api/v1/removals': {},
  'GET /api/v1/portal/grants': {},
  'GET /api/v1/portal/access-requests': {},
  'GET /api/v1/history/export': {},
  'POST /api/v1/explanations/people': { body: { action: 'read', record: { kind: 'service_request', id: ids.record } } },
  'POST /api/v1/explanations/records': { body: { person: ids.priya, action: 'read', kind: 'service_request' } },
  'GET /api/v1/people-with-access': {},
  'GET /api/v1/people-with-access/export': {},
  'GET /api/v1/me/focus': {},
  'PUT /api/v1/me/focus': { body: { customerId: ids.acme } },
  'DELETE /api/v1/me/focus': {},
  'POST /api/v1/me/look': { body: { partnerId: ids.larkfield, personId: null } },
  // Stopping is done whoever looks; where nobody does, nothing is.
  'DELETE /api/v1/me/look': {},
  'GET /api/v1/removals/{id}': {},
  'POST /api/v1/removals/{id}/undoing': { body: {} },
  'GET /api/v1/partners/{id}/roles': {},
  'PUT /api/v1/partners/{id}/roles': { body: { roles: ['look'], notify: 'it@larkfield.example', understood: true } },
  'GET /api/v1/groups': {},
  'GET /api/v1/groups/{id}': {},
  'GET /api/v1/groups/{id}/people': {},
  'POST /api/v1/groups/{id}/members': { body: { personIds: [ids.priya] } },
  'DELETE /api/v1/groups/{id}/members/{personId}': {},
  'GET /api/v1/invitations': {},
  'GET /api/v1/invitations/{id}': {},
  'POST /api/v1/invitations': { body: { partnerId: '0000-0000-0000', roles: [], understood: true } },
  'POST /api/v1/invitations/{id}/withdrawal': { body: {} },
  'POST /api/v1/invitations/{id}/acceptance': { body: {} },
  'POST /api/v1/invitations/{id}/decline': { body: {} },
  'POST /api/v1/invitation-links': { body: {} },
  'POST /api/v1/invitation-links/look': { body: { token: 'x' } },
  'DELETE /api/v1/invitation-links/{id}': {},
  'POST /api/v1/partners/{id}/revocation': { body: {} },
  'GET /api/v1/customers/{id}/colleagues': {},
  'POST /api/v1/customers/{id}/colleagues': { body: { personId: ids.priya, level: 'look', endsOn: '2027-02-01', reason: 'x' } },
  'POST /api/v1/customers/{id}/colleagues/{personId}/removal': { body: {} },
  'GET /api/v1/colleague-choice': {},
  'PUT /api/v1/colleague-choice': { body: { choice: 'tell' } },
  'GET /api/v1/links': {},
  'POST /api/v1/links': { body: { customerId: ids.acme } },
  'POST /api/v1/links/{id}/approval': { body: {} },
  'POST /api/v1/links/{id}/denial': { body: {} },
  'GET /api/v1/access-requests': {},
  'POST /api/v1/access-requests': {
    body: { contactManagerEmail: 'nobody@nowhere.example', items: [{ personId: null, level: 'look' }], endsOn: '2027-02-01', reason: 'x' },
  },
  'GET /api/v1/access-requests/{id}': {},
  'GET /api/v1/access-requests/sites': {},
  'POST /api/v1/access-requests/many': {
    body: {
      requests: [{ customerId: ids.acme, items: [{ personId: ids.priya, level: 'full_admin' }], endsOn: '2027-02-01', reason: 'x' }],
    },
  },
  'POST /api/v1/access-requests/{id}/approval': { body: { understood: true } },
  'POST /api/v1/access-requests/{id}/denial': { body: {} },
  'POST /api/v1/access-requests/{id}/withdrawal': { body: {} },
  'GET /api/v1/records/customers': {},
  'GET /api/v1/records/customers/{customerId}/contact-choices': {},
  'GET /api/v1/records/{kind}': {},
  'GET /api/v1/account-requests': {},
  'POST /api/v1/account-requests': { body: { customerId: ids.acme, asks: 'site_deletion', title: 'x', description: 'x' } },
  'POST /api/v1/records/{kind}': { body: { customerId: ids.acme, title: 'x', description: 'x' } },
  'GET /api/v1/records/{kind}/count': {},
  'GET /api/v1/records/{kind}/{id}': {},
  'PATCH /api/v1/records/{kind}/{id}': { body: { title: 'changed' } },
  'POST /api/v1/records/{kind}/{id}/closure': { body: {} },
  'POST /api/v1/records/{kind}/{id}/reopening': { body: {} },
  'GET /api/v1/records/{kind}/{id}/contact-choices': {},
  'POST /api/v1/records/{kind}/{id}/contacts': { body: { personId: ids.priya } },
  'DELETE /api/v1/records/{kind}/{id}/contacts/{personId}': {},
  'PUT /api/v1/records/{kind}/{id}/point-of-contact': { body: { personId: ids.priya } },
  'POST /api/v1/records/{kind}/{id}/messages': { body: { body: 'x' } },
  'POST /api/v1/records/{kind}/{id}/files': { form: true },
  'GET /api/v1/records/{kind}/{id}/files/{fileId}': {},
  'POST /api/v1/explanations': { body: { person: ids.priya, action: 'read', record: { kind: 'service_request', id: ids.record } } },
  'GET /api/v1/history': {},
  'GET /api/v1/me/notifications': {},
  'PUT /api/v1/me/notifications/{customerId}/{notice}': { body: { way: 'digest' } },
  'POST /api/v1/notices': { body: { notice: 'site', customerIds: [ids.acme], subject: 'x', text: 'x' } },
  'POST /unsubscribe': { open: 'by token', body: {} },
  'GET /api/v1/letters': {},
  'GET /api/v1/letters/{id}': {},
  'POST /api/v1/letters/{id}/resend': { body: {} },
  'POST /api/v1/imports': { form: true },
  'GET /api/v1/imports': {},
  'POST /api/v1/imports/{id}/undo': { body: {} },
  'GET /api/v1/export': {},
  'POST /access/v1/evaluation': {
    body: { subject: { type: 'user', id: ids.priya }, action: { name: 'read' }, resource: { type: 'service_request', id: ids.record } },
  },
  'POST /access/v1/evaluations': {
    body: {
      evaluations: [
        { subject: { type: 'user', id: ids.priya }, action: { name: 'read' }, resource: { type: 'service_request', id: ids.record } },
      ],
    },
  },
  'POST /access/v1/search/subject': {
    body: { subject: { type: 'user' }, action: { name: 'read' }, resource: { type: 'service_request', id: ids.record } },
  },
  'POST /access/v1/search/resource': {
    body: { subject: { type: 'user', id: ids.priya }, action: { name: 'read' }, resource: { type: 'service_request' } },
  },
  'POST /access/v1/search/action': {
    body: { subject: { type: 'user', id: ids.priya }, resource: { type: 'service_request', id: ids.record } },
  },
})

export interface Ids {
  acme: string
  larkfield: string
  priya: string
  danaEmail: string
  record: string
  grant: string
  request: string
  file: string
  letter: string
}
