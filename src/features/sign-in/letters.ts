// The letters about signing in. None says who asked, none decides anything: the link shows a page, and the code is typed there.
import { type LetterContent, letterContent } from '../../platform/mail/letter.ts'
import { codeLifetime, showCode } from './rules.ts'

/** The letter with a code, to the person who wants to sign in (or whose address somebody typed). */
export function codeLetter(portal: { name: string; publicUrl: string }, email: string, code: string): LetterContent {
  return letterContent({
    subject: `Your code to sign in to ${portal.name}`,
    lines: [`Type this code on the page where you asked for it. It counts once, for ${codeLifetime / 60_000} minutes.`],
    facts: [['Code', showCode(code)]],
    after: ['Give it to nobody: we never ask for it. If you did not ask for a code there is nothing to do; without it nobody signs in.'],
    link: { text: 'Open the sign-in page', url: `${portal.publicUrl}/sign-in?email=${encodeURIComponent(email)}` },
  })
}

/** Tells a person that how they sign in has changed, in case it was not them (ASVS 5.0 V6.3.7). */
export function passkeyLetter(change: 'added' | 'removed', passkey: string, publicUrl: string, portal: string): LetterContent {
  return letterContent({
    subject: `A passkey was ${change}: ${portal}`,
    lines: [change === 'added' ? 'From now on this passkey signs you in:' : 'This passkey does not sign you in any more:'],
    facts: [['Passkey', passkey]],
    after: ['If this was not you, sign in with a mailed code, remove passkeys you do not know, and sign out everywhere.'],
    link: { text: 'See your passkeys and sessions', url: `${publicUrl}/me` },
  })
}
