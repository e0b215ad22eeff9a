// Chance that repeats: numbers and ids that are the same in every run of one seed.

/** A number from 0 up to 1, without 1. */
export type Chance = () => number

/** mulberry32: small, fast and good enough to spread rows. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    return mixed(state) / 4_294_967_296
  }
}

export const below = (chance: Chance, bound: number): number => Math.floor(chance() * bound)

function mixed(state: number): number {
  let t = state
  t = Math.imul(t ^ (t >>> 15), t | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return (t ^ (t >>> 14)) >>> 0
}

const hex = (value: number): string => value.toString(16).padStart(8, '0')

/** The id of the n-th thing of a sort: spread like random ids, and known without being kept. */
export function uuidOf(sort: number, n: number): string {
  const a = hex(mixed(Math.imul(n + 1, 0x9e3779b1) ^ sort))
  const b = hex(mixed(n ^ Math.imul(sort + 1, 0x85ebca6b)))
  // The last part holds n itself, so that no two are alike.
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-8${sort.toString(16).padStart(3, '0')}-${n.toString(16).padStart(12, '0')}`
}
