// Who is signed in and which portal this is, for any page below the frame.
import { useSuspenseQuery } from '@tanstack/react-query'
import type { Level, Portal } from '../client/portal.ts'
import type { Me } from '../client/sign-in.ts'
import { meQuery, portalQuery } from './queries.ts'

/** Only below the frame: there somebody is signed in. */
export function useMe(): Me {
  const me = useSuspenseQuery(meQuery).data
  if (!me) throw new Error('Nobody is signed in.')
  return me
}

/** What my role at home lets me do, as the server says it. */
export function useMay(): (ability: string) => boolean {
  const { abilities } = useMe()
  return (ability) => abilities.includes(ability)
}

export function usePortal(): Portal {
  return useSuspenseQuery(portalQuery).data
}

function useLevel(): (code: string) => Level | undefined {
  const { levels } = usePortal()
  return (code) => levels.find((level) => level.code === code)
}

/** A level's name; its code where this portal no longer has it. */
export function useLevelName(): (code: string) => string {
  const level = useLevel()
  return (code) => level(code)?.name ?? code
}
