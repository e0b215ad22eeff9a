// A request for access while it is filled in: for whom, with which level each, and what is still missing.
import type { TFunction } from 'i18next'
import type { NewAccessRequest } from '../../client/access.ts'
import type { FieldProblem } from '../ui/problems.tsx'
import { checkDay } from './check-access.ts'

export interface AskForm {
  email: string
  who: 'me' | 'people' | 'everyone' | undefined
  personIds: string[]
  level: string | undefined
  /** Another level than the one for all, by person. */
  levels: Record<string, string>
  endsOn: string
  reason: string
}

export function itemsOf(form: AskForm, me: string): NewAccessRequest['items'] {
  const level = form.level ?? ''
  if (form.who === 'everyone') return [{ personId: null, level }]
  if (form.who === 'me') return [{ personId: me, level }]
  return form.personIds.map((personId) => ({ personId, level: form.levels[personId] ?? level }))
}

export function checkAsk(form: AskForm, t: TFunction): FieldProblem[] {
  const found: (FieldProblem | false)[] = [
    !form.email.includes('@') && { field: 'contactManagerEmail', sentence: t('ask.emailMissing') },
    !form.who && { field: 'who', sentence: t('access.whoMissing') },
    form.who === 'people' && form.personIds.length === 0 && { field: 'personIds', sentence: t('access.peopleMissing') },
    !form.level && { field: 'level', sentence: t('access.levelMissing') },
    ...checkDay(form.endsOn, t, undefined),
    !form.reason.trim() && { field: 'reason', sentence: t('ask.whyMissing') },
  ]
  return found.filter((one) => one !== false)
}
