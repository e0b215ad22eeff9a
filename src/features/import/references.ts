// What lines say of one another: a reference names a thing by its kind and its id.
import type { LineKind, OrganizationReference, WorldLine } from './world-lines.ts'

export interface Reference {
  readonly to: LineKind
  readonly id: string
  /** What the id is told apart within: of a record its kind, of a site its customer. */
  readonly within?: string
  /** The field that says it, for faults. */
  readonly field: string
}

export const referenceKey = ({ to, id, within }: Omit<Reference, 'field'>): string =>
  JSON.stringify(within === undefined ? [to, id] : [to, within, id])

/** How other lines name the thing that a line is about; undefined where nothing refers to it by an id. */
export function ownReference(line: WorldLine): Omit<Reference, 'field'> | undefined {
  if (!('id' in line)) return undefined
  if (line.kind === 'record') return { to: 'record', within: line.recordKind, id: line.id }
  if (line.kind === 'site') return { to: 'site', within: line.customer, id: line.id }
  return { to: line.kind, id: line.id }
}

/** The kind and id in {"customer": id}, {"partner": id} or {"vendor": id}. */
export function organizationReference(reference: OrganizationReference, field: string): Reference {
  const [named] = Object.entries(reference) as ['customer' | 'partner' | 'vendor', string][]
  const [to, id] = named ?? (['vendor', ''] as const)
  return { to, id, field: `${field}.${to}` }
}

/** What lines need to know of what they refer to, from the database or from the same file. */
export interface About {
  /** Of an organization. */
  readonly timeZone?: string | null
  /** Of a person. */
  readonly email?: string | null
  /** Of a group: whose it is. */
  readonly partner?: string | null
  /** Of a record: whose it is; null: nobody's. */
  readonly customer?: string | null
}

/** A thing in the database that lines refer to. */
export interface FoundThing extends About {
  readonly id: string
  /** Of a customer, and of a customer's record. */
  readonly customerNo: number | null
}

/** What the references of a batch mean. */
export interface Things {
  find(reference: Omit<Reference, 'field'>): FoundThing | undefined
  /** The same, where a line has been checked to refer to what is there. */
  get(reference: Omit<Reference, 'field'>): FoundThing
}

export function thingsIn(found: ReadonlyMap<string, FoundThing>): Things {
  const find = (reference: Omit<Reference, 'field'>) => found.get(referenceKey(reference))
  return {
    find,
    get: (reference) => {
      const thing = find(reference)
      if (!thing) throw new Error(`${referenceKey(reference)} was not looked up`)
      return thing
    },
  }
}
