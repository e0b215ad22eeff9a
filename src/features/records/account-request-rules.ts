// What a record says of itself where it was asked in the name of its customer's account. It is kept as an event of the record, which nobody can write or
// change by themselves, and not among the attributes, which whoever may change the record can.

/** The event of a record that was asked in the account's name. */
export const accountRequestEvent = 'asked_for_account'

export interface AccountRequestShown {
  /** What is asked for, by its name when it was asked. */
  readonly name: string
  /** As whose word it counts: “primary contact”. */
  readonly countsAs: string
  readonly by: string
  readonly organization: string
  readonly person: { readonly name: string; readonly email: string } | null
}

/** From the event's detail. */
export function accountRequestIn(detail: unknown): AccountRequestShown {
  const { name, countsAs, by, byOrganization, person } = detail as Record<string, unknown>
  const about = person as AccountRequestShown['person']
  return {
    name: String(name),
    countsAs: String(countsAs),
    by: String(by),
    organization: String(byOrganization),
    person: about ? { name: String(about.name), email: String(about.email) } : null,
  }
}
