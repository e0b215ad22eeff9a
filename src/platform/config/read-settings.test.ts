// Each setting: its default, its limits, and the one line that refuses it by name.
import { expect, test } from 'vitest'
import { readSettings, unknownSettings } from './read-settings.ts'
import { WrongSetting } from './setting.ts'
import { settingsTable } from './settings.ts'

const goodSecret = 'k7Jq2mXv9Lr4Tz8Nw3Pb6Hd1Gs5Yc0Af'

/** The message that refuses these variables; fails the test when they are taken. */
function refusalOf(env: Record<string, string>): string {
  try {
    readSettings(env)
  } catch (error) {
    if (error instanceof WrongSetting) return error.message
    throw error
  }
  throw new Error(`taken: ${JSON.stringify(env)}`)
}

test('an empty environment gives a server for this machine alone, with the embedded database and no mail', () => {
  expect(readSettings({})).toEqual({
    demo: false,
    port: 3000,
    host: '127.0.0.1',
    dataDirectory: './data',
    databaseUrl: undefined,
    migrationUrl: undefined,
    portal: 'support-desk',
    publicUrl: 'http://localhost:3000',
    smtpUrl: undefined,
    mailFrom: 'Latchkey <no-reply@localhost>',
    bootstrapKey: undefined,
    fileLimit: 10 * 1024 * 1024,
    freeSpace: 256 * 1024 * 1024,
    logLevel: 'info',
    metricsKey: undefined,
    trustProxy: undefined,
    signInRate: 30,
    askingRate: 30,
  })
})

test('an empty variable counts as absent', () => {
  expect(readSettings({ PORT: '', SMTP_URL: ' ', LATCHKEY_BOOTSTRAP_KEY: '' })).toEqual(readSettings({}))
})

test('given values are taken, and defaults follow from them', () => {
  const settings = readSettings({
    PORT: '8080',
    LATCHKEY_PUBLIC_URL: 'https://Portal.Vendor.example/',
    LATCHKEY_FILE_LIMIT: '512kb',
    LATCHKEY_TRUST_PROXY: 'loopback, 10.0.0.0/8',
    LATCHKEY_BOOTSTRAP_KEY: goodSecret,
  })
  expect(settings.publicUrl).toBe('https://portal.vendor.example')
  expect(settings.mailFrom).toBe('Latchkey <no-reply@portal.vendor.example>')
  expect(settings.fileLimit).toBe(512 * 1024)
  expect(settings.trustProxy).toEqual(['loopback', '10.0.0.0/8'])
  expect(settings.bootstrapKey).toBe(goodSecret)
  expect(readSettings({ PORT: '8080' }).publicUrl).toBe('http://localhost:8080')
})

const wrong: Record<keyof typeof settingsTable, string[]> = {
  port: ['http', '65536', '-1', '3000.5', '1e3'],
  host: ['portal.example.com', '300.1.1.1', '*'],
  dataDirectory: ['x'.repeat(1001)],
  databaseUrl: ['mysql://host/db', 'host:5432', 'postgresql://', 'postgres'],
  migrationUrl: ['http://host', 'owner@host'],
  portal: ['Support Desk', '../secret', 'support_desk'],
  publicUrl: ['portal.example', 'ftp://portal.example', 'https://portal.example/desk', 'https://user:pw@portal.example', 'https://'],
  smtpUrl: ['mail.example:25', 'http://mail.example', 'smtp://'],
  mailFrom: ['nobody', 'A <b>', 'Desk <desk@v.example>\nBcc: x@y.example', '<desk@v.example>'],
  bootstrapKey: ['short', 'a'.repeat(40), 'abc123'.repeat(7), `${goodSecret} with spaces`, 'é'.repeat(40), 'x'.repeat(513)],
  fileLimit: ['10', 'ten MB', '0 MB', '2 GB', '-1 MB'],
  freeSpace: ['much', '1048577 GB'],
  logLevel: ['loud', 'INFO'],
  metricsKey: ['short', '0101010101010101010'],
  trustProxy: ['true', '10.0.0.0/33', 'proxy.example', '10.0.0.1,'],
  signInRate: ['0', 'none', '1000001'],
  askingRate: ['0', '1.5'],
}

for (const [key, setting] of Object.entries(settingsTable) as [keyof typeof settingsTable, (typeof settingsTable)['port']][]) {
  test(`a wrong ${setting.name} is refused in one line that names it and says what was expected`, () => {
    for (const value of wrong[key]) {
      const message = refusalOf({ DATABASE_URL: 'postgresql://db/x', [setting.name]: value })
      expect(message, value).toMatch(new RegExp(`^${setting.name} is wrong: expected `))
      expect(message).toContain(setting.expected)
      expect(message).not.toContain('\n')
      if (setting.secret) expect(message).not.toContain('found')
    }
  })
}

test('a migration address without DATABASE_URL is refused, because it would be ignored silently', () => {
  expect(refusalOf({ LATCHKEY_MIGRATION_URL: 'postgresql://owner@db/x' })).toContain('LATCHKEY_MIGRATION_URL is wrong')
})

test('variables that nobody reads are named, so that a misspelt one is noticed', () => {
  expect(unknownSettings({ LATCHKEY_PORTL: 'x', LATCHKEY_PORTAL: 'y', LATCHKEY_URL: 'z', HOME: '/root', LATCHKEY_BOOTSTRAP: 'q' })).toEqual(
    ['LATCHKEY_BOOTSTRAP', 'LATCHKEY_PORTL'],
  )
})
