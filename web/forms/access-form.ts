// What a form about access holds while it is filled in, and when it says enough to be counted.
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, queryOptions, useQueries } from '@tanstack/react-query'
import type { AccessChoice, Preview } from '../../client/access.ts'
import type { Portal } from '../../client/portal.ts'
import { api } from '../api.ts'
import { isDay } from '../dates.ts'
import { asSent, type ChosenAccess, type ChosenScope, choseSomething, scopeSent } from './chosen-access.ts'

export interface AccessForm {
  partnerId: string
  who: 'everyone' | 'group' | 'people' | undefined
  personIds: string[]
  /** One that stands, or `new`. */
  group: string
  access: ChosenAccess
  scope: ChosenScope
  endsOn: string
  reason: string
  understood: boolean
}

/** undefined while something is missing that the counts depend on. */
export function choiceOf(
  portal: Portal,
  { partnerId, who, personIds, group, access, scope, endsOn }: AccessForm,
): AccessChoice | undefined {
  const covers = scopeSent(scope)
  if (!partnerId || !who || !choseSomething(access) || covers === null || !isDay(endsOn)) return undefined
  if (who === 'people' && personIds.length === 0) return undefined
  return {
    partnerId,
    personIds: who === 'people' ? [...personIds].sort() : null,
    ...(who === 'group' ? { group } : {}),
    ...asSent(portal, access),
    ...(covers ? { scope: covers } : {}),
    endsOn,
  }
}

export interface Previewed {
  preview: Preview | undefined
  /** New numbers are on the way; the old ones are shown meanwhile, dimmed. */
  counting: boolean
  error: Error | null
}

/** What the choice would mean, asked again shortly after each change. The server counts it by the law that decides later. */
export function usePreview(choice: AccessChoice | undefined): Previewed {
  return usePreviews(choice ? [choice] : [])[0] ?? { preview: undefined, counting: false, error: null }
}

/** The same for several choices at once: one for each level of a request. */
export function usePreviews(choices: AccessChoice[]): Previewed[] {
  const [asked] = useDebouncedValue(choices, 150)
  const behind = JSON.stringify(choices) !== JSON.stringify(asked)
  const results = useQueries({ queries: asked.map(previewQuery) })
  return choices.map((_, index) => {
    const result = results[index]
    if (!result) return { preview: undefined, counting: true, error: null }
    return { preview: result.error ? undefined : result.data, counting: behind || result.isFetching, error: result.error }
  })
}

const previewQuery = (choice: AccessChoice) =>
  queryOptions({
    queryKey: ['preview', choice],
    queryFn: ({ signal }) => api.grants.preview(choice, signal),
    placeholderData: keepPreviousData,
    retry: false,
  })
