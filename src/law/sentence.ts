// One sentence of an explanation.
export interface Sentence {
  readonly text: string
  /** What the sentence speaks of, so that a page can lead there. */
  readonly about?: { readonly kind: 'grant' | 'record' | 'customer' | 'person'; readonly id: string }
}
