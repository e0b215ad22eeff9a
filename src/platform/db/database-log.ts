/** What the database wants of the program's log. */

/** The part of the program's log that the database uses (pino has this shape). */
export interface DatabaseLog {
  info(facts: object, sentence: string): void
  warn(facts: object, sentence: string): void
  error(facts: object, sentence: string): void
}
