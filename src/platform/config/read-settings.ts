// Reads the settings from the environment, once, at the start.
import { type Setting, WrongSetting } from './setting.ts'
import { namesKnownElsewhere, type Settings, settingsTable } from './settings.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The settings of an environment; an empty variable counts as absent.
 * Throws a `WrongSetting` whose message is one line: the variable, what was expected, and what was found (never a secret).
 */
export function readSettings(env: Environment, options: { readonly demo?: boolean } = {}): Settings {
  const values: Record<string, unknown> = { demo: options.demo === true }
  for (const [key, setting] of Object.entries(settingsTable) as [string, Setting<unknown>][]) values[key] = valueIn(setting, env, values)
  if (values['migrationUrl'] !== undefined && values['databaseUrl'] === undefined)
    throw new WrongSetting(settingsTable.migrationUrl.name, 'it together with DATABASE_URL, which is not set', undefined)
  return values as Settings
}

function valueIn(setting: Setting<unknown>, env: Environment, earlier: Record<string, unknown>): unknown {
  const given = env[setting.name]?.trim()
  const text = given || (typeof setting.default === 'object' ? setting.default.from(earlier) : setting.default)
  if (text === undefined) return undefined
  const read = setting.schema.safeParse(text)
  if (!read.success) throw new WrongSetting(setting.name, setting.expected, setting.secret ? undefined : text)
  return read.data
}

/** The `LATCHKEY_…` variables that nobody reads: most likely a misspelt name. The caller warns about each. */
export function unknownSettings(env: Environment): string[] {
  const known = new Set([...Object.values(settingsTable).map((setting) => setting.name), ...namesKnownElsewhere])
  return Object.keys(env)
    .filter((name) => name.startsWith('LATCHKEY_') && !known.has(name))
    .sort()
}
