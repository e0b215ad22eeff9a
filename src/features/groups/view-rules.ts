// A group as the API tells of it to its partner.
import type { Instant } from '../../kernel/instant.ts'

export interface GroupView {
  readonly id: string
  readonly name: string
  readonly state: 'standing' | 'ended'
  readonly endedAt: Instant | null
  /** In it today; of a group that is over, who was in it to the end (M-A8). */
  readonly members: readonly { readonly id: string; readonly name: string; readonly email: string; readonly since: Instant }[]
  /** What its members have by it, customer by customer. */
  readonly access: readonly {
    readonly grantId: string
    readonly customer: { readonly id: string; readonly name: string }
    readonly gives: string
    readonly until: string
  }[]
  readonly abilities: { readonly fill: boolean }
}
