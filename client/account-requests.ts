// Asking in the name of a customer's account: what can be asked, and asking it.
import type { Call } from './call.ts'

export interface AccountRequestChoice {
  code: string
  name: string
  says: string
  /** Whether it names somebody. */
  forPerson: boolean
  may: boolean
  /** Why I may not, with the nearest way. */
  why: string | null
}

export interface NewAccountRequest {
  customerId: string
  asks: string
  title: string
  description: string
  person?: { name: string; email: string }
  pointOfContactId?: string
}

export function accountRequestCalls(call: Call) {
  return {
    list: (customer: string) => call.get<{ items: AccountRequestChoice[] }>('/api/v1/account-requests', { customer }),
    ask: (request: NewAccountRequest) => call.send<{ id: string; number: string }>('POST', '/api/v1/account-requests', request),
  }
}
