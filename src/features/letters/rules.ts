// The rules of delivery: when a letter is tried again, when it is given up, which letters hold a secret, and who may look into the mailbox.
import { addDays, addMilliseconds, type Instant, localDateOf, startOfDay } from '../../kernel/instant.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

export const letterStates = ['waiting', 'gathered', 'digested', 'sent', 'held', 'dropped', 'dead'] as const
/** gathered: it waits for its person's daily digest; digested: it stands in one. */
export type LetterState = (typeof letterStates)[number]

/** So many letters are claimed at once; with three connections and 40 s each a batch ends well before the claim does. */
export const batchSize = 15
/** Nobody else tries a claimed letter before this has passed; afterwards whoever claimed it is taken for dead. */
export const claimLasts = 5 * minute

/** A letter that the mail server itself says no to is given up soon: five tries in a quarter of an hour. */
export const triesWhenRejected = 5
/** A letter that meets a server which is away is kept for about three days. */
export const triesWhenUnreachable = 25

const firstPause = 30 * second
const longestPause = 4 * hour

/** The next try after so many: the pause doubles from half a minute to four hours, give or take a fifth. `random` is from 0 to 1. */
export function nextTry(now: Instant, attempts: number, random: number): Instant {
  const pause = Math.min(firstPause * 2 ** Math.min(attempts - 1, 20), longestPause)
  return addMilliseconds(now, Math.round(pause * (0.8 + random * 0.4)))
}

/** The hour of the morning at which the daily digest goes out, in the reader's zone. */
export const digestHour = 7

/** When the next digest goes to somebody in the zone: this morning's if it is still to come, or else tomorrow's. */
export function nextDigest(now: Instant, zone: string): Instant {
  const today = localDateOf(now, zone)
  const at = (date: typeof today) => addMilliseconds(startOfDay(date, zone), digestHour * hour)
  return at(today) > now ? at(today) : at(addDays(today, 1))
}

/** What the mail server made of a letter. */
export type Outcome = { readonly kind: 'sent' } | { readonly kind: 'rejected' | 'postponed' | 'unreachable'; readonly why: string }

/** What becomes of a letter after a try. */
export function stateAfter(outcome: Outcome, attempts: number): LetterState {
  if (outcome.kind === 'sent') return 'sent'
  return attempts >= (outcome.kind === 'rejected' ? triesWhenRejected : triesWhenUnreachable) ? 'dead' : 'waiting'
}

/** Letters with a code to sign in. Their words are wiped once nobody needs them, and no longer sent when the code has ended anyway. */
export const isSecret = (letter: string): boolean => letter.startsWith('sign-in')
const secretsLive = 10 * minute
export const wiped = 'This letter held a code. What it said is not kept.'

export interface DueLetter {
  readonly letter: string
  readonly createdAt: Instant
  readonly attempts: number
  /** Null: the person is with no organization of this portal any more. */
  readonly address: string | null
  /** The answer to the letter's question at this moment; true where it has none. */
  readonly mayStill: boolean
  /** Its reader chose not to get such letters, and may. */
  readonly isDeclined: boolean
}

/** Why a letter is no longer sent, or undefined. Asked at the moment of sending: what was right when it was written may have ended. */
export function whyNot(due: DueLetter, now: Instant): { state: 'dropped' | 'dead'; why: string } | undefined {
  if (due.address === null) return { state: 'dropped', why: 'The person is no longer with an organization of this portal.' }
  if (!due.mayStill) return { state: 'dropped', why: 'The person may no longer see what the letter is about.' }
  if (due.isDeclined) return { state: 'dropped', why: 'The person chose not to get such letters.' }
  if (isSecret(due.letter) && addMilliseconds(due.createdAt, secretsLive) <= now)
    return { state: 'dropped', why: 'The code in it has ended.' }
  if (due.attempts > triesWhenUnreachable) return { state: 'dead', why: 'It was tried too often without a known end.' }
  return undefined
}

/**
 * Whether anybody may look into the mailbox without signing in. It shows codes to sign in, so it is a key to everything: only with the demo world,
 * only while no mail is sent, and only for whoever sits at the machine. Everybody else is asked who they are.
 */
export function mailboxIsOpen(settings: { readonly demo: boolean; readonly sendsMail: boolean }, isOnThisMachine: boolean): boolean {
  return settings.demo && !settings.sendsMail && isOnThisMachine
}

/** What of a letter is shown: a code only while letters are held, because then there is no other way to it. */
export const showsWords = (letter: string, settings: { readonly sendsMail: boolean }): boolean => !isSecret(letter) || !settings.sendsMail

/** Sent once and dropped for a reason: neither is sent again. */
export const mayResend = (state: LetterState): boolean => state === 'dead' || state === 'held'
