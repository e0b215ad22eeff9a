// An answer to a request for access while it is made: what was asked for, and what one gives instead.
import { useState } from 'react'
import type { AccessChoice, Warning } from '../../client/access.ts'
import type { AccessRequest, AccessRequestItem, Approval } from '../../client/access-requests.ts'
import type { Portal } from '../../client/portal.ts'
import { isDay } from '../dates.ts'
import {
  asSent,
  type ChosenAccess,
  type ChosenScope,
  chosenOf,
  choseSomething,
  counting,
  sameAccess,
  sameScope,
  scopeOf,
  scopeSent,
} from './chosen-access.ts'

/** What one part of the request gets; null leaves it out. */
export type Part = { access: ChosenAccess; scope: ChosenScope } | null

export interface AnswerForm {
  endsOn: string
  /** By item. */
  parts: Record<string, Part>
  understood: boolean
}

export const asAskedFor = (item: Pick<AccessRequestItem, 'level' | 'rights' | 'scope'>): NonNullable<Part> => ({
  access: chosenOf(item),
  scope: scopeOf(item.scope),
})

export function useAnswerForm(request: AccessRequest) {
  const [form, setForm] = useState<AnswerForm>({
    endsOn: request.endsOn,
    parts: Object.fromEntries(request.items.map((item) => [item.id, asAskedFor(item)])),
    understood: false,
  })
  return { form, change: (changes: Partial<AnswerForm>) => setForm((before) => ({ ...before, ...changes })) }
}

/** Whether something is still to be chosen in one of the parts. */
export const isUnfinished = ({ parts }: AnswerForm): boolean =>
  Object.values(parts).some((part) => part !== null && (!choseSomething(part.access) || scopeSent(part.scope) === null))

/** What the answer would give, put together by what it is: everyone's, and the people's. */
export function choicesOf(portal: Portal, request: AccessRequest, { endsOn, parts }: AnswerForm): AccessChoice[] {
  if (!isDay(endsOn)) return []
  const choices = new Map<string, AccessChoice>()
  for (const item of request.items) {
    const given = givenBy(portal, parts[item.id])
    if (!given) continue
    const key = `${JSON.stringify(given)} ${item.person ? 'people' : 'everyone'}`
    const choice = choices.get(key) ?? { partnerId: request.partner.id, personIds: item.person ? [] : null, ...given, endsOn }
    if (item.person) choice.personIds?.push(item.person.id)
    choices.set(key, choice)
  }
  return [...choices.values()]
}

function givenBy(portal: Portal, part: Part | undefined) {
  const covers = part ? scopeSent(part.scope) : null
  if (!part || !choseSomething(part.access) || covers === null) return undefined
  return { ...asSent(portal, part.access), ...(covers ? { scope: covers } : {}) }
}

/** Only what differs from what was asked for is said. */
export function approvalOf(portal: Portal, request: AccessRequest, form: AnswerForm): Approval {
  const changed = request.items.filter((item) => !isAsAsked(portal, item, form.parts[item.id]))
  return {
    ...(form.endsOn === request.endsOn ? {} : { endsOn: form.endsOn }),
    ...(changed.length > 0 ? { items: changed.map(({ id }) => answerOf(portal, id, form.parts[id])) } : {}),
    ...(form.understood ? { understood: true } : {}),
  }
}

function isAsAsked(portal: Portal, item: AccessRequestItem, part: Part | undefined): boolean {
  if (!part) return false
  const asked = asAskedFor(item)
  return sameAccess(counting(portal, part.access), asked.access) && sameScope(part.scope, asked.scope)
}

function answerOf(portal: Portal, id: string, part: Part | undefined): NonNullable<Approval['items']>[number] {
  if (!part) return { id, level: null }
  const { level, rights } = counting(portal, part.access)
  const covers = scopeSent(part.scope)
  return { id, level, rights, scope: covers ?? null }
}

/**
 * The warnings of an answer, with never more than one tick: the last that needs one has it. Whoever asks from a foreign address
 * (W8) has to be checked first, so there the tick says that too.
 */
export function answerWarnings(warnings: Warning[], checked: string): Warning[] {
  const foreign = warnings.some((warning) => warning.code === 'W8')
  const last = warnings.findLast((warning) => warning.needsTick) ?? warnings.find((warning) => warning.code === 'W8')
  return warnings.map((warning) => {
    if (warning !== last) return { ...warning, needsTick: false }
    const tick = [foreign ? checked : '', warning.tick ?? ''].filter(Boolean).join(' ')
    return tick ? { ...warning, needsTick: true, tick } : warning
  })
}
