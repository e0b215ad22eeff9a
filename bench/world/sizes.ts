// The sizes of generated portals.

export interface Size {
  readonly name: 'S' | 'M' | 'L'
  readonly customers: number
  readonly partners: number
  readonly people: number
  readonly grants: number
  readonly records: number
  /** Most customers of one partner. */
  readonly cap: number
}

const sizes: Readonly<Record<Size['name'], Size>> = {
  S: { name: 'S', customers: 1_000, partners: 200, people: 5_000, grants: 20_000, records: 200_000, cap: 500 },
  M: { name: 'M', customers: 10_000, partners: 2_000, people: 50_000, grants: 200_000, records: 2_000_000, cap: 5_000 },
  L: { name: 'L', customers: 100_000, partners: 20_000, people: 500_000, grants: 2_000_000, records: 10_000_000, cap: 20_000 },
}

/** The size of that name; throws a sentence for any other. */
export function sizeOf(name: string): Size {
  if (name === 'S' || name === 'M' || name === 'L') return sizes[name]
  throw new Error(`There is no size "${name}": S, M or L.`)
}
