// Warnings beside the choice that causes them, in the server's words and with its numbers; at most one of a page waits for a tick.
import { Checkbox } from '@mantine/core'
import type { Warning } from '../../client/access.ts'
import { Note } from '../ui/note.tsx'

export interface Tick {
  ticked: boolean
  onTick: (ticked: boolean) => void
  error: string | undefined
}

export function Warnings({ warnings, tick }: { warnings: Warning[]; tick: Tick }) {
  return warnings.map((warning) => (
    <Note key={warning.code} kind="care" title={warning.title}>
      <p>{warning.text}</p>
      {warning.needsTick && warning.tick ? (
        <Checkbox
          id="understood"
          mt="sm"
          label={warning.tick}
          checked={tick.ticked}
          error={tick.error}
          onChange={(event) => tick.onTick(event.currentTarget.checked)}
        />
      ) : null}
    </Note>
  ))
}

export function needsTick(warnings: Warning[] | undefined): boolean {
  return warnings?.some((warning) => warning.needsTick) ?? false
}

/** W7 belongs to the people one picked, W8 to who asks, W9 to the end date, the others to the level. */
export function warningsAt(warnings: Warning[] | undefined, place: 'who' | 'level' | 'end' | 'asker'): Warning[] {
  const places: Record<string, string> = { W7: 'who', W8: 'asker', W9: 'end' }
  return (warnings ?? []).filter((warning) => (places[warning.code] ?? 'level') === place)
}
