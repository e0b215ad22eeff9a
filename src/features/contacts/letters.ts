// The letters to those who are added, changed and let go, to who stands in for them, and to the customers of a partner's leaver.
import { type LetterContent, letterContent } from '../../platform/mail/letter.ts'

interface About {
  readonly organization: string
  readonly by: string
  readonly portal: string
}

/** Tells how to sign in: there is no password, and the address is the user id (OR-104). The subject holds nothing that the adder wrote. */
export function welcomeLetter({ organization, by, portal }: About, email: string, roles: string): LetterContent {
  return letterContent({
    subject: `You were added at ${organization}`,
    lines: [
      `${by} added you to the people of ${organization} on this portal.`,
      'To sign in, open the portal, enter your e-mail address and type the code that we send you. There is no password.',
    ],
    facts: [
      ['Your user ID', email],
      ['Your roles', roles],
    ],
    link: { text: 'Sign in', url: `${portal}/sign-in` },
    footer: ['If you do not know why you get this, you need not do anything.'],
  })
}

/** To somebody who is at home elsewhere: nothing changed for them. */
export function elsewhereLetter({ organization, by, portal }: About): LetterContent {
  return letterContent({
    subject: `You were to be added at ${organization}`,
    lines: [
      `${by} wanted to add you to the people of ${organization} on this portal. Your address belongs to another organization here already, so nothing changed.`,
      `To work for ${organization}, ask for access from your own organization, or ask ${by} to give you access there.`,
    ],
    link: { text: 'Open the portal', url: portal },
  })
}

export function rolesChangedLetter({ organization, by, portal }: About, before: string, after: string): LetterContent {
  return letterContent({
    subject: `${by} changed what you may do at ${organization}`,
    lines: [`${by} changed your roles at ${organization}. It counts from now on.`],
    facts: [
      ['Your roles', after],
      ['Before', before],
    ],
    link: { text: 'Open the portal', url: portal },
  })
}

/** To an address: whoever has it is nobody's here any more. */
export function letGoLetter({ organization, by }: About): LetterContent {
  return letterContent({
    subject: `You are no longer among the people of ${organization}`,
    lines: [
      `${by} ended your entry at ${organization} on this portal. You are signed out everywhere, and your access by ${organization} ended at once.`,
    ],
  })
}

export function standsInLetter({ organization, portal }: About, role: string, by: string): LetterContent {
  return letterContent({
    subject: `${organization} has nobody for ${role} now`,
    lines: [`Nobody at ${organization} has the role ${role} any more. Until somebody does, what is meant for it comes to you as ${by}.`],
    link: { text: 'See the people', url: `${portal}/people` },
  })
}

/** To a customer that gave everyone at the partner access: one more has it (O-A17). */
export function joinedPartnerLetter({ organization: partner, by, portal }: About, person: string, customer: string): LetterContent {
  return letterContent({
    subject: `${person} works at ${partner} now`,
    lines: [`${by} added ${person} to the people of ${partner}. ${customer} gave everyone at ${partner} access, so ${person} has it too.`],
    link: { text: 'See my partners', url: `${portal}/partners` },
  })
}

/** BX-04: one letter a customer about everything that ended there. */
export function leaverLetter(
  { organization: partner, by, portal }: About,
  person: string,
  customer: string,
  { ended, left }: { readonly ended: readonly string[]; readonly left: readonly string[] },
): LetterContent {
  return letterContent({
    subject: `${person} left ${partner}`,
    lines: [
      `${person} does not work at ${partner} any more, ${by} says. ${person} reaches nothing of ${customer}; that ended at once.`,
      ...ended,
    ],
    after: left,
    link: { text: 'See my partners', url: `${portal}/partners` },
  })
}
