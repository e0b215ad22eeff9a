// File names as strangers send them, made harmless: nothing invisible, nothing that turns text round, no path, no name that a system reserves.

const longestName = 180
const longestExtension = 16
/** Control, format (zero width, bidirectional, soft hyphen), surrogate, private and unassigned characters, line and paragraph separators. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu
const emptyLooking = /\u034f|[\u115f\u1160\u3164\uffa0\u2800]|\u17b4|\u17b5|[\ufe00-\ufe0f]/gu
const reserved = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i

/**
 * The name that is kept and shown. Invisible characters go first, so that none can hide a leading dot or a path; of a path only the last part stays.
 * Always 1 to 180 characters, with the extension kept where it is at most 16 long.
 */
export function cleanFileName(sent: string): string {
  const visible = sent.replace(invisible, '').replace(emptyLooking, '').normalize('NFC')
  const last = visible.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? ''
  const plain = last
    .replace(/[:*?"<>|]/g, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  if (plain === '') return 'file'
  return shortened(reserved.test(plain) ? `_${plain}` : plain)
}

function shortened(name: string): string {
  const letters = [...name]
  if (letters.length <= longestName) return name
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 ? [...name.slice(dot)] : []
  if (extension.length === 0 || extension.length > longestExtension + 1)
    return letters
      .slice(0, longestName)
      .join('')
      .replace(/[. ]+$/, '')
  return `${letters
    .slice(0, longestName - extension.length)
    .join('')
    .replace(/[. ]+$/, '')}${extension.join('')}`
}

/** The header that makes a browser save the file and never show it (RFC 6266, with the full name by RFC 8187). */
export function attachmentHeader(name: string): string {
  const safe = cleanFileName(name)
  const ascii = safe.replace(/[^\x20-\x7e]/gu, '_').replace(/["\\%;]/g, '_')
  const encoded = encodeURIComponent(safe).replace(/['()*!]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

/** Kinds of file whose name of a kind is passed on. None of them runs anything in a browser; everything else is bytes. */
const harmless = new Set([
  'application/gzip',
  'application/json',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/zip',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/webp',
  'text/csv',
  'text/plain',
])

/** The media type under which a file is kept and sent: one of a short list, or bytes. What was sent with it (charset, boundary) is dropped. */
export function safeMediaType(sent: string): string {
  const type = (sent.split(';')[0] ?? '').trim().toLowerCase()
  return harmless.has(type) ? type : 'application/octet-stream'
}
