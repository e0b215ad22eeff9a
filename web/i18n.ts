// The texts of the interface: every one is in locales/, none in a component.
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Portal } from '../client/portal.ts'
import en from './locales/en.json' with { type: 'json' }

/** The kind of record that the pages speak of just now. */
let shown = { kind: 'service_request', isMain: true }

export const kindShown = (): string => shown.kind

/** What stands in the address of a page about records, so that it is about the same kind. */
export const kindInAddress = (): { kind?: string } => (shown.isMain ? {} : { kind: shown.kind })

/** The kind on which people talk with each other; of several the first. */
function mainKind({ records }: Portal): string {
  const kinds = Object.keys(records)
  return kinds.find((kind) => records[kind]?.actions['reply'] !== undefined) ?? kinds[0] ?? 'service_request'
}

export async function startTexts() {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
}

/** The portal's own names for things stand in the texts as {{one}}, {{many}} and so on: those of the kind in the address, or else of the main one. */
export function nameThings(portal: Portal, wanted?: string) {
  const main = mainKind(portal)
  shown = wanted !== undefined && wanted in portal.records ? { kind: wanted, isMain: wanted === main } : { kind: main, isMain: true }
  const kind = portal.records[shown.kind]
  const one = kind?.one ?? 'request'
  const many = kind?.many ?? 'requests'
  i18next.options.interpolation = {
    ...i18next.options.interpolation,
    defaultVariables: { vendor: portal.names.vendor, one, many, One: capital(one), Many: capital(many) },
  }
}

export function capital(word: string): string {
  return word.charAt(0).toLocaleUpperCase() + word.slice(1)
}
