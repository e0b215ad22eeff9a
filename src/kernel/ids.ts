// Branded identifiers: a grant's id can never stand where a person's is meant.

export type Id<Brand extends string> = string & { readonly __id: Brand }

export type OrganizationId = Id<'organization'>
export type PersonId = Id<'person'>
export type GrantId = Id<'grant'>
export type AccessRequestId = Id<'access_request'>
export type KeyId = Id<'key'>
export type SessionId = Id<'session'>
/** A record's id: a whole number as text, as it stands in addresses. */
export type RecordId = Id<'record'>

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** Up to 15 digits, so that the number is exact in JavaScript too. */
const recordShape = /^[1-9][0-9]{0,14}$/

export const isUuid = (text: string): boolean => uuidShape.test(text)
export const isRecordId = (text: string): text is RecordId => recordShape.test(text)

/** Names a text as an id of the wanted kind; whether such a thing exists is for the database to say. */
export const asId = <T extends Id<string>>(text: string): T => text as T
