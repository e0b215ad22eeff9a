// Looking through the eyes of a partner's people (BX-01): while it lasts, the other calls read what they see at the one customer, and change nothing.
import type { Call } from './call.ts'
import type { Look } from './sign-in.ts'

export function lookCalls(call: Call) {
  return {
    /** `personId` null: an ordinary person of the partner, who has only what everybody there has. Ends by itself after fifteen minutes. */
    start: (partnerId: string, personId: string | null) => call.send<Look>('POST', '/api/v1/me/look', { partnerId, personId }),
    stop: () => call.send<void>('DELETE', '/api/v1/me/look'),
  }
}
