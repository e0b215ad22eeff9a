// An answer to a request for access while it is made: what was asked for, and what one gives instead.
import { useState } from 'react'
import type { AccessChoice, AccessRequest, Approval, Warning } from '../../client/access.ts'
import { isDay } from '../dates.ts'

export interface AnswerForm {
  endsOn: string
  /** By item; null leaves that one out. */
  levels: Record<string, string | null>
  understood: boolean
}

export function useAnswerForm(request: AccessRequest) {
  const [form, setForm] = useState<AnswerForm>({
    endsOn: request.endsOn,
    levels: Object.fromEntries(request.items.map((item) => [item.id, item.level])),
    understood: false,
  })
  return { form, change: (changes: Partial<AnswerForm>) => setForm((before) => ({ ...before, ...changes })) }
}

/** What the answer would give, put together by level: everyone's, and the people's. */
export function choicesOf(request: AccessRequest, { endsOn, levels }: AnswerForm): AccessChoice[] {
  if (!isDay(endsOn)) return []
  const choices = new Map<string, AccessChoice>()
  for (const item of request.items) {
    const level = levels[item.id]
    if (!level) continue
    const key = `${level} ${item.person ? 'people' : 'everyone'}`
    const choice = choices.get(key) ?? { partnerId: request.partner.id, personIds: item.person ? [] : null, level, endsOn }
    if (item.person) choice.personIds?.push(item.person.id)
    choices.set(key, choice)
  }
  return [...choices.values()]
}

/** Only what differs from what was asked for is said. */
export function approvalOf(request: AccessRequest, form: AnswerForm): Approval {
  const changed = request.items.filter((item) => form.levels[item.id] !== item.level)
  return {
    ...(form.endsOn === request.endsOn ? {} : { endsOn: form.endsOn }),
    ...(changed.length > 0 ? { items: changed.map(({ id }) => ({ id, level: form.levels[id] ?? null })) } : {}),
    ...(form.understood ? { understood: true } : {}),
  }
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
