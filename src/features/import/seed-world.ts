// Brings in a world that comes with the product: the same way in as every world, with days counted from the day of seeding.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { type Context, createContext } from '../../context/context.ts'
import type { House } from '../../context/house.ts'
import { addDays, type Instant, type LocalDate } from '../../kernel/instant.ts'
import { type CheckedLine, checkText, type RowFault } from './check-line.ts'
import { type ImportResult, importWorld } from './import-world.ts'
import { vendorThere } from './runs-store.ts'

export interface ShippedWorld {
  /** As it stands in the history: 'demo world'. */
  readonly name: string
  readonly file: URL
}

/**
 * Brings the world into an empty database, and leaves any other as it is.
 * @returns what came in, or undefined where a vendor is here already
 */
export async function seedWorld(house: House, world: ShippedWorld): Promise<ImportResult | undefined> {
  const ctx = createContext(
    house,
    { kind: 'key', keyId: null, name: world.name, side: 'vendor', organizationId: null, operator: true },
    `seed ${world.name}`,
  )
  const there = await ctx.reading('portal:operate', { kind: 'portal' }, async (tx) => ({ vendor: await vendorThere(tx), now: tx.now }))
  return there.vendor ? undefined : bringIn(ctx, world, there.now)
}

async function bringIn(ctx: Context, { name, file }: ShippedWorld, now: Instant): Promise<ImportResult> {
  if (!existsSync(file))
    throw new Error(`There is no ${name} for the portal ${ctx.house.law.portal}. Start without one, or with another portal.`)
  const faults: RowFault[] = []
  const result = await importWorld(ctx, {
    fileName: name,
    lines: datedLines(await readFile(file, 'utf8'), now),
    dryRun: false,
    trustGrants: true,
    onFault: (fault) => void faults.push(fault),
  })
  const [first] = faults
  if (first) throw new Error(`The ${name} cannot be brought in: line ${first.line}, ${first.field}: ${first.expected}.`)
  return result
}

/** {day-3} is a date counted from the day of seeding, {now-2h} and {now-4m} are instants counted from now. */
async function* datedLines(text: string, now: Instant): AsyncGenerator<CheckedLine> {
  const today = now.slice(0, 10) as LocalDate
  const unit = { h: 3_600_000, m: 60_000 }
  const dated = text
    .replaceAll(/\{day([+-][0-9]+)\}/g, (_, days: string) => addDays(today, Number(days)))
    .replaceAll(/\{now-([0-9]+)([hm])\}/g, (_, many: string, of: 'h' | 'm') =>
      new Date(Date.parse(now) - Number(many) * unit[of]).toISOString(),
    )
  for (const [place, line] of dated.split('\n').entries()) if (line !== '') yield checkText(place + 1, line)
}
