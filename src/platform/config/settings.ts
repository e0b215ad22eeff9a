// Every setting of the server, once: its name, meaning, unit, limits and default. The table of docs/settings.md is made from this one.
import { isIP } from 'node:net'
import { z } from 'zod'
import { addressWith, type Setting, secretText, size, webOrigin, wholeNumber } from './setting.ts'

const setting = <T>(description: Setting<T>): Setting<T> => description
/** A setting without a default: its value may be undefined. */
const optional = <T>(description: Setting<T>): Setting<T | undefined> => description as Setting<T | undefined>

const megabyte = 1024 ** 2
const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const

const isAddressOrNetwork = (text: string) => {
  const [address = '', bits] = text.split('/')
  return isIP(address) > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128)))
}
const isProxy = (text: string) => ['loopback', 'linklocal', 'uniquelocal'].includes(text) || isAddressOrNetwork(text)

const mailFrom = z
  .string()
  .max(320)
  .regex(/^(?:[^<>@"\r\n\t]{1,200} <[^<>@\s"]{1,64}@[^<>@\s"]{1,253}>|[^<>@\s"]{1,64}@[^<>@\s"]{1,253})$/)

/** The settings in the order in which they are read: a default may follow from an earlier one. */
export const settingsTable = {
  port: setting({
    name: 'PORT',
    says: 'The TCP port on which the server answers. 0 takes any free one.',
    expected: 'a whole number from 0 to 65535',
    schema: wholeNumber(0, 65_535),
    default: '3000',
  }),
  host: setting({
    name: 'HOST',
    says: 'The network address on which the server answers. 127.0.0.1 is this machine alone; 0.0.0.0 or :: is every network it is in.',
    expected: 'an IP address, or localhost',
    schema: z.string().refine((text) => text === 'localhost' || isIP(text) > 0),
    default: '127.0.0.1',
  }),
  dataDirectory: setting({
    name: 'LATCHKEY_DATA',
    says: 'The directory of the embedded database and of the key for the command line. It belongs to one server at a time.',
    expected: 'the path of a directory, up to 1000 characters',
    schema: z.string().max(1000),
    default: './data',
  }),
  databaseUrl: optional({
    name: 'DATABASE_URL',
    says: 'A PostgreSQL (15 to 18) to use instead of the embedded database: a login that may only take the restricted roles.',
    expected: 'an address such as postgresql://user:password@host:5432/database',
    schema: addressWith('postgres', 'postgresql'),
    secret: true,
  }),
  migrationUrl: optional({
    name: 'LATCHKEY_MIGRATION_URL',
    says: 'The owner of the PostgreSQL schema, used for migrations alone and then closed. Without it the login of DATABASE_URL migrates.',
    expected: 'an address such as postgresql://owner:password@host:5432/database, together with DATABASE_URL',
    schema: addressWith('postgres', 'postgresql'),
    secret: true,
  }),
  portal: setting({
    name: 'LATCHKEY_PORTAL',
    says: 'The portal definition: a name under portals/, or the path of a YAML file.',
    expected: 'a name such as support-desk, or the path of a .yaml file',
    schema: z
      .string()
      .max(1000)
      .regex(/^(?:[a-z0-9]+(?:-[a-z0-9]+)*|.+\.ya?ml)$/),
    default: 'support-desk',
  }),
  publicUrl: setting({
    name: 'LATCHKEY_PUBLIC_URL',
    says: 'The address at which people reach the portal; every link in a letter begins with it. With https, cookies are sent over https alone.',
    expected: 'an http:// or https:// address without path, user or query',
    schema: webOrigin,
    default: { says: 'http://localhost:PORT', from: (earlier) => `http://localhost:${earlier['port']}` },
  }),
  smtpUrl: optional({
    name: 'SMTP_URL',
    says: 'The mail server. Without it nothing is sent: letters are held and can be read in the mailbox.',
    expected: 'an address such as smtp://user:password@host:587 or smtps://host:465',
    schema: addressWith('smtp', 'smtps'),
    secret: true,
  }),
  mailFrom: setting({
    name: 'LATCHKEY_MAIL_FROM',
    says: 'The sender of every letter.',
    expected: 'an address such as portal@vendor.example, or Name <portal@vendor.example>',
    schema: mailFrom,
    default: {
      says: 'Latchkey <no-reply@ and the host of LATCHKEY_PUBLIC_URL>',
      from: (earlier) => `Latchkey <no-reply@${new URL(String(earlier['publicUrl'])).hostname.replace(/[[\]]/g, '')}>`,
    },
  }),
  bootstrapKey: optional({
    name: 'LATCHKEY_BOOTSTRAP_KEY',
    says: "An API key with the operator's rights, for automation. Without it the server writes a new one to LATCHKEY_DATA/operator-key at each start.",
    expected: 'a secret of 32 to 512 printable characters without spaces that is not a few characters repeated',
    schema: secretText(32),
    secret: true,
  }),
  fileLimit: setting({
    name: 'LATCHKEY_FILE_LIMIT',
    says: 'The largest file that may be attached.',
    expected: 'a size from 1 KB to 1 GB, such as 10 MB (1 MB is 1,048,576 bytes)',
    schema: size(1024, 1024 * megabyte),
    default: '10 MB',
  }),
  freeSpace: setting({
    name: 'LATCHKEY_FREE_SPACE',
    says: 'The embedded database refuses to write when its disk has less room than this, because it stops for ever on a full one. Signing out and taking access away go on down to an eighth of it.',
    expected: 'a size from 0 MB to 1048576 GB, such as 256 MB',
    schema: size(0, 1024 ** 3 * megabyte),
    default: '256 MB',
  }),
  logLevel: setting({
    name: 'LATCHKEY_LOG',
    says: 'How much is logged, as JSON lines on standard output.',
    expected: `one of ${logLevels.join(', ')}`,
    schema: z.enum(logLevels) as z.ZodType<(typeof logLevels)[number], string>,
    default: 'info',
  }),
  metricsKey: optional({
    name: 'LATCHKEY_METRICS_KEY',
    says: 'What a scraper of /metrics sends as Authorization: Bearer. Without it /metrics answers only programs on the same machine.',
    expected: 'a secret of 16 to 512 printable characters without spaces that is not a few characters repeated',
    schema: secretText(16),
    secret: true,
  }),
  trustProxy: optional({
    name: 'LATCHKEY_TRUST_PROXY',
    says: 'The reverse proxies whose X-Forwarded-For is believed. Set it behind a proxy, or all visitors share one limit of tries.',
    expected: 'addresses or networks with commas between them, such as 10.0.0.5,192.168.0.0/16, or loopback, linklocal, uniquelocal',
    schema: z
      .string()
      .transform((text) => text.split(',').map((part) => part.trim()))
      .refine((proxies) => proxies.every(isProxy)),
  }),
  signInRate: setting({
    name: 'LATCHKEY_SIGN_IN_RATE',
    says: 'How many tries to sign in (codes asked for, codes and passkeys tried) one network address has in a minute.',
    expected: 'a whole number from 1 to 1000000',
    schema: wholeNumber(1, 1_000_000),
    default: '30',
  }),
  askingRate: setting({
    name: 'LATCHKEY_ASKING_RATE',
    says: 'How many requests for access one network address may send in a minute.',
    expected: 'a whole number from 1 to 1000000',
    schema: wholeNumber(1, 1_000_000),
    default: '30',
  }),
}

type ValueOf<S> = S extends Setting<infer T> ? T : never

/** The settings as the server uses them. `demo` is no variable: it is the command line's `serve --demo`. */
export type Settings = { readonly [Key in keyof typeof settingsTable]: ValueOf<(typeof settingsTable)[Key]> } & { readonly demo: boolean }

/** Variables of the command line, the tests and the start script; the server knows of them and leaves them alone. */
export const namesKnownElsewhere = [
  'LATCHKEY_URL',
  'LATCHKEY_KEY',
  'LATCHKEY_TEST_POSTGRES_URL',
  'LATCHKEY_LONG_TESTS',
  'LATCHKEY_INCIDENT_LOG',
]
