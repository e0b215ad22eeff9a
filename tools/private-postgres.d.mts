// The types of private-postgres.mjs, for tests that start a PostgreSQL of their own.

export type PrivatePostgres = {
  /** Connection address of the superuser `owner`. */
  readonly ownerUrl: string
  readonly port: number
  /** Stops it and removes its directory. */
  stop(): Promise<void>
  /** Pulls the plug: kill -9, resolved when the server process is gone. */
  kill9(): Promise<void>
  /** Starts it again on the same directory and port. */
  restart(): Promise<void>
}

/** `durable: true` keeps fsync on; the default is off. */
export function startPostgres(options?: { readonly durable?: boolean }): Promise<PrivatePostgres>
/** The folder of PostgreSQL's programs, or undefined where it is not installed. */
export function postgresPrograms(): string | undefined
