// The table of settings for whoever runs a server, from the same table by which the server reads them.
import type { Setting } from '../../src/platform/config/setting.ts'
import { settingsTable } from '../../src/platform/config/settings.ts'

export function generate(): { path: string; text: string }[] {
  const settings: Setting<unknown>[] = Object.values(settingsTable).map((setting) => setting as Setting<unknown>)
  const lines = [
    '# Settings',
    '',
    'Generated from `src/platform/config/settings.ts`. Each is an environment variable, read once at start; a wrong one is refused by name, and the server does not start.',
    'An empty one counts as absent.',
    '',
    '| setting | what it does | expected | without it |',
    '|---|---|---|---|',
    ...settings.map(
      (setting) => `| ${[`\`${setting.name}\``, saysOf(setting), setting.expected, withoutIt(setting)].map(cell).join(' | ')} |`,
    ),
  ]
  return [{ path: 'docs/settings.md', text: `${lines.join('\n')}\n` }]
}

const saysOf = ({ says, secret }: Setting<unknown>): string => (secret ? `${says} Secret: never logged.` : says)

function withoutIt({ default: fallback }: Setting<unknown>): string {
  if (fallback === undefined) return '(nothing)'
  return typeof fallback === 'string' ? `\`${fallback}\`` : fallback.says
}

const cell = (text: string): string => text.replaceAll('|', '\\|')
