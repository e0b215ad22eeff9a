// Notices: what the signed-in person gets by mail, and the vendor's writing to everybody who gets one.
import type { Named } from './access.ts'
import type { Call } from './call.ts'

export type Way = 'mail' | 'digest' | 'none'

export interface OfferedNotice {
  code: string
  name: string
  says: string
  /** Each chooses it for oneself; it comes to nobody who did not. */
  chosen: boolean
  way: Way
  /** Without `none` it cannot be declined. */
  ways: Way[]
}

export interface NoticesAtCustomer {
  customer: Named
  /** One's own organization. */
  own: boolean
  notices: OfferedNotice[]
}

export function noticeCalls(call: Call) {
  return {
    /** `digest.hour`: of the morning, in one's own time zone. */
    mine: () => call.get<{ items: NoticesAtCustomer[]; digest: { hour: number } }>('/api/v1/me/notifications'),
    choose: (customerId: string, notice: string, way: Way) =>
      call.send<NoticesAtCustomer>('PUT', `/api/v1/me/notifications/${encodeURIComponent(customerId)}/${encodeURIComponent(notice)}`, {
        way,
      }),
    /** Declines the letters of the one in which the token stood; nobody needs to be signed in. */
    unsubscribe: (token: string) => call.send<{ unsubscribed: true }>('POST', `/unsubscribe?token=${encodeURIComponent(token)}`, {}),
    /** For the vendor: to 1 to 100 customers. */
    send: (notice: { notice: string; customerIds: string[]; subject: string; text: string }) =>
      call.send<{ items: { customer: Named; letters: number }[] }>('POST', '/api/v1/notices', notice),
  }
}
