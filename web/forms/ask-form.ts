// A request for access while it is filled in: for whom, with what each, and what is still missing.
import type { TFunction } from 'i18next'
import type { NewAccessRequest } from '../../client/access-requests.ts'
import type { Portal } from '../../client/portal.ts'
import type { FieldProblem } from '../ui/problems.tsx'
import { accessFieldId, checkDay } from './check-access.ts'
import { asSent, type ChosenAccess, type ChosenScope, choseSomething, scopeSent } from './chosen-access.ts'

export interface AskForm {
  email: string
  /** A customer to which one has access already is asked by name. */
  customerId: string | undefined
  who: 'me' | 'people' | 'everyone' | undefined
  personIds: string[]
  access: ChosenAccess
  /** Something else than what is for all, by person. */
  accesses: Record<string, ChosenAccess>
  /** For everybody in it; only of a customer that is known. */
  scope: ChosenScope
  endsOn: string
  reason: string
}

/** One address or several, with commas, semicolons or spaces between them; each once. */
export const addressesIn = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter((one) => one !== ''))]

/** As the server will ask for it, so that a slip is told together with everything else. */
const looksLikeAddress = /^[^\s@]+@([a-z0-9-]+\.)+[a-z0-9-]{2,}$/i

/** Most customers that are asked at once. */
const mostAtOnce = 100

function addressFault(text: string, t: TFunction): FieldProblem | false {
  const addresses = addressesIn(text)
  if (addresses.length === 0 || addresses.some((one) => !looksLikeAddress.test(one)))
    return { field: 'contactManagerEmail', sentence: t('ask.emailMissing') }
  return addresses.length > mostAtOnce && { field: 'contactManagerEmail', sentence: t('ask.tooMany', { count: mostAtOnce }) }
}

export function itemsOf(portal: Portal, form: AskForm, me: string): NewAccessRequest['items'] {
  const covers = form.customerId ? scopeSent(form.scope) : undefined
  const scope = covers ? { scope: covers } : {}
  const forAll = { ...asSent(portal, form.access), ...scope }
  if (form.who === 'everyone') return [{ personId: null, ...forAll }]
  if (form.who === 'me') return [{ personId: me, ...forAll }]
  return form.personIds.map((personId) => {
    const own = form.accesses[personId]
    return { personId, ...(own && choseSomething(own) ? { ...asSent(portal, own), ...scope } : forAll) }
  })
}

export function checkAsk(portal: Portal, form: AskForm, t: TFunction): FieldProblem[] {
  const found: (FieldProblem | false)[] = [
    !form.customerId && addressFault(form.email, t),
    !form.who && { field: 'who', sentence: t('access.whoMissing') },
    form.who === 'people' && form.personIds.length === 0 && { field: 'personIds', sentence: t('access.peopleMissing') },
    !choseSomething(form.access) && { field: accessFieldId(portal), sentence: t('access.levelMissing') },
    form.customerId !== undefined && scopeSent(form.scope) === null && { field: 'scope', sentence: t('scope.missing') },
    ...checkDay(form.endsOn, t, undefined, portal.term.longest),
    !form.reason.trim() && { field: 'reason', sentence: t('ask.whyMissing') },
  ]
  return found.filter((one) => one !== false)
}
