// The letters about colleagues whom a partner's administrator lets in, changes and takes out: one text for the customer and for the person.
import type { ColleagueChoice } from '../../law/law.ts'
import { type LetterContent, letterContent } from '../../platform/mail/letter.ts'

export interface ColleagueFacts {
  readonly customer: string
  readonly partner: string
  readonly by: string
  readonly who: string
  /** What is given, with its one line. */
  readonly level: string
  readonly says: string
  readonly until: string
  readonly zone: string
  readonly reason: string | null
  readonly link: string
}

const choose = 'Whoever manages access at the customer can change or remove it, and say whether partners may let in colleagues themselves.'

/** "Ada Boss (Larkfield) let in Priya Raman" (CD-046, CD-047). */
export function letInLetter(facts: ColleagueFacts, before: string | null, handedOver: readonly string[]): LetterContent {
  const { by, partner, who, customer, level, says, until, zone, reason, link } = facts
  const deed = before === null ? 'let in' : 'changed the access of'
  return letterContent({
    subject: `${by} (${partner}) ${deed} ${who}`,
    lines: [`${by} (${partner}) ${deed} ${who} ${before === null ? 'to' : 'at'} ${customer}, until ${until}. Nobody had to be asked.`],
    facts: [
      ['May do', says === '' ? level : `${level} (${says})`],
      ['Who', `${who} (${partner})`],
      ['Until', `the end of ${until}, ${zone}`],
      ...(before === null ? [] : [['Was', before] as const]),
    ],
    ...(reason === null ? {} : { quote: reason }),
    after: handedOver,
    link: { text: 'See this access', url: link },
    footer: [choose],
  })
}

/** Says what is left. */
export function takenOutLetter(facts: ColleagueFacts, left: readonly string[]): LetterContent {
  const { by, partner, who, customer, level, until, reason, link } = facts
  return letterContent({
    subject: `${by} (${partner}) removed the access of ${who} to ${customer}`,
    lines: [`${by} (${partner}) removed the access of ${who} to ${customer}. It ended at once.`],
    facts: [['Was', `${level} until ${until}`]],
    ...(reason === null ? {} : { quote: reason }),
    after: left,
    link: { text: 'See this access', url: link },
  })
}

const now: Readonly<Record<ColleagueChoice, string>> = {
  forbid: "Partners' administrators cannot let in colleagues. They ask you for each.",
  tell: "A partner's administrator who was given that much lets in colleagues at once, with no more than their own access. You are told each time.",
  ask: 'What a partner’s administrator wants to give a colleague waits for your answer each time.',
}

export function choiceLetter({ customer, by, choice, link }: { customer: string; by: string; choice: ColleagueChoice; link: string }) {
  return letterContent({
    subject: `${customer}: who decides about colleagues at partners`,
    lines: [`${by} (${customer}) chose what holds from now on.`, now[choice]],
    link: { text: 'See your partners', url: link },
  })
}
