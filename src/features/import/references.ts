// What lines say of one another: a reference names a thing by its kind and its id.
import type { LineKind, OrganizationReference } from './world-lines.ts'

export interface Reference {
  readonly to: LineKind
  readonly id: string
  /** Of a record: its kind. */
  readonly recordKind?: string
  /** The field that says it, for faults. */
  readonly field: string
}

export const referenceKey = ({ to, id, recordKind }: Omit<Reference, 'field'>): string =>
  JSON.stringify(recordKind === undefined ? [to, id] : [to, recordKind, id])

/** The kind and id in {"customer": id}, {"partner": id} or {"vendor": id}. */
export function organizationReference(reference: OrganizationReference, field: string): Reference {
  const [named] = Object.entries(reference) as ['customer' | 'partner' | 'vendor', string][]
  const [to, id] = named ?? (['vendor', ''] as const)
  return { to, id, field: `${field}.${to}` }
}

/** A thing in the database that lines refer to. */
export interface FoundThing {
  readonly id: string
  /** Of a customer. */
  readonly customerNo: number | null
  /** Of an organization. */
  readonly timeZone: string | null
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
