// The texts of the interface: every one is in locales/, none in a component.
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Portal } from '../client/portal.ts'
import en from './locales/en.json' with { type: 'json' }

export const serviceRequest = 'service_request'

export async function startTexts() {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
}

/** The portal's own names for things stand in the texts as {{one}}, {{many}} and so on. */
export function nameThings(portal: Portal) {
  const kind = portal.records[serviceRequest]
  const one = kind?.one ?? 'request'
  const many = kind?.many ?? 'requests'
  i18next.options.interpolation = {
    ...i18next.options.interpolation,
    defaultVariables: { vendor: portal.names.vendor, one, many, One: capital(one), Many: capital(many) },
  }
}

function capital(word: string): string {
  return word.charAt(0).toLocaleUpperCase() + word.slice(1)
}
