// One page of a list and the cursor of the next.

export interface PageOf<T> {
  items: T[]
  /** Opaque; null on the last page. */
  next: string | null
}
