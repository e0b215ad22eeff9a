// Looks at an access form before it is sent: what is missing, in words, by field.
import type { TFunction } from 'i18next'
import type { Portal } from '../../client/portal.ts'
import { dayAfter, dayText, isDay, today } from '../dates.ts'
import type { FieldProblem } from '../ui/problems.tsx'
import type { AccessForm } from './access-form.ts'
import { choseSomething, scopeSent } from './chosen-access.ts'

/** Where the server, too, says what is wrong with what was chosen. */
export const accessFieldId = ({ levels, giving }: Portal): string => (giving.shape === 'ladder' || levels.length > 0 ? 'level' : 'rights')

/** The server looks again and knows more; this only saves a way there and back. */
export function checkAccess(
  portal: Portal,
  form: AccessForm,
  t: TFunction,
  asks: { zone: string | undefined; reason: boolean; tick: boolean },
): FieldProblem[] {
  const found: (FieldProblem | false)[] = [
    !form.partnerId && { field: 'partnerId', sentence: t('access.partnerMissing') },
    form.partnerId !== '' && !form.who && { field: 'who', sentence: t('access.whoMissing') },
    form.who === 'people' && form.personIds.length === 0 && { field: 'personIds', sentence: t('access.peopleMissing') },
    !choseSomething(form.access) && { field: accessFieldId(portal), sentence: t('access.levelMissing') },
    scopeSent(form.scope) === null && { field: 'scope', sentence: t('scope.missing') },
    ...checkDay(form.endsOn, t, asks.zone, portal.term.longest),
    asks.reason && !form.reason.trim() && { field: 'reason', sentence: t('access.reasonMissing') },
    asks.tick && !form.understood && { field: 'understood', sentence: t('access.tickMissing') },
  ]
  return found.filter((one) => one !== false)
}

/** @param longest the longest term of the portal, where the form gives or asks anew: what is wrong is then said in one round */
export function checkDay(endsOn: string, t: TFunction, zone: string | undefined, longest?: string): FieldProblem[] {
  if (!isDay(endsOn)) return [{ field: 'endsOn', sentence: t('access.endMissing') }]
  if (endsOn < today(zone ?? 'UTC')) return [{ field: 'endsOn', sentence: t('access.endPast', { day: dayText(endsOn) }) }]
  const last = longest === undefined ? endsOn : dayAfter(today(zone ?? 'UTC'), longest)
  if (endsOn > last) return [{ field: 'endsOn', sentence: t('access.endTooFar', { day: dayText(endsOn), last: dayText(last) }) }]
  return []
}
