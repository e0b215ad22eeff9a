// What is asked of a list: a page, the twentieth page, how many, and two searches; with the right answer to each.
import { rareText } from '../world/bench-world.ts'
import type { Member } from '../world/cast.ts'
import { recordId } from '../world/put-in-database.ts'

export const pageLength = 25
export const commonText = 'robot'
const farPage = 19 * pageLength

export const questions = ['page 1', 'page 20', 'count', 'rare text', 'common text'] as const
export type Question = (typeof questions)[number]

/** A record's place in the order of a list. */
export interface Place {
  readonly updatedAt: string
  readonly id: string
}

/** What is asked on behalf of one person, and what must come out: ids in their order, or a number. */
export interface Asked {
  readonly member: Member
  readonly text: string | undefined
  /** The page begins after it; only of page 20. */
  readonly after: Place | undefined
  readonly right: readonly string[] | number
}

/** The question over a right list, or undefined where the person has too few records for a page 20. */
export function askedOf(question: Question, member: Member, list: RightAnswers): Asked | undefined {
  const page = (records: Uint32Array, from = 0) => Array.from(records.subarray(from, from + pageLength), recordId)
  const plain = { member, text: undefined, after: undefined }
  switch (question) {
    case 'page 1':
      return { ...plain, right: page(list.visible) }
    case 'page 20': {
      const last = list.visible[farPage - 1]
      if (last === undefined || list.visible.length <= farPage) return undefined
      return { ...plain, after: list.placeOf(last), right: page(list.visible, farPage) }
    }
    case 'count':
      return { ...plain, right: list.visible.length }
    case 'rare text':
      return { ...plain, text: rareText, right: page(list.rare) }
    case 'common text':
      return { ...plain, text: commonText, right: page(list.common) }
  }
}

export interface RightAnswers {
  readonly visible: Uint32Array
  readonly rare: Uint32Array
  readonly common: Uint32Array
  readonly placeOf: (record: number) => Place
}
