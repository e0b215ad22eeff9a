// E-mail addresses as Latchkey keeps them: lower case, ASCII only, so that no look-alike letter can pass for another (threat: homographs).

export type EmailAddress = string & { readonly __email: true }

const shape = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])$/

/** The address in a text (spaces around it are ignored, at most 254 characters), or undefined. */
export function parseEmailAddress(text: string): EmailAddress | undefined {
  if (text.length > 320) return undefined
  const address = text.trim().toLowerCase()
  return address.length <= 254 && shape.test(address) && !address.includes('..') ? (address as EmailAddress) : undefined
}

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)
