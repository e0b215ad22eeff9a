// What one running Latchkey is made of; handed to every context.
import type { Instant } from '../kernel/instant.ts'
import type { Actor } from '../law/actors.ts'
import type { Law } from '../law/law.ts'
import type { Database } from '../platform/db/database.ts'

/** The clock of questions. `database`: the instant comes from the database; a set clock is for tests, and reaches SQL all the same. */
export type Clock = { readonly kind: 'database' } | { kind: 'set'; at: Instant }

/** The part of a log that the house uses (pino has this shape). */
export interface HouseLog {
  debug(facts: object, sentence: string): void
  info(facts: object, sentence: string): void
  warn(facts: object, sentence: string): void
  error(facts: object, sentence: string): void
}

/** What the features need to know of the settings; everything else stays in platform/config. */
export interface HouseSettings {
  /** Where people reach the portal, without a slash at the end. */
  readonly publicUrl: string
  /** Letters are sent; otherwise they are held and shown. */
  readonly sendsMail: boolean
  /** The demo world is here: its people and, with no mail server, its mailbox are shown to whoever sits at this machine. */
  readonly demo: boolean
  /** Bytes that one file may have. */
  readonly fileLimit: number
}

/** Who puts a definition in force, and what they saw before. */
export interface Applying {
  readonly actor: Exclude<Actor, { kind: 'nobody' }>
  readonly at: Instant
  readonly requestRef: string
  /** The version that they compared it with; where another one is in force meanwhile, nothing is changed. Null: whichever it is. */
  readonly replaces: number | null
}

export interface Applied {
  /** The law in force, with its version. */
  readonly law: Law
  /** Whether it is a new version; false where the same text was in force before. */
  readonly isNew: boolean
}

export interface House {
  readonly database: Database
  readonly clock: Clock
  readonly log: HouseLog
  readonly settings: HouseSettings
  /** The law in force; the door reads a newer one from the database when its opening statement sees it. */
  law: Law
  /** Puts a law in force as the owner of the tables. Left out where this server cannot: its login is no owner, and it knows no owner's address. */
  readonly applyAsOwner?: (law: Law, applying: Applying) => Promise<Applied>
}
