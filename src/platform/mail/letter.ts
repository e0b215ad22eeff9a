// A letter from one description: plain text and simple HTML with the same facts, everything escaped, readable on a phone and in the dark.

export interface LetterDescription {
  /** Up to 300 characters, one line. */
  readonly subject: string
  readonly greeting?: string
  /** Paragraphs; the first answers who, what and until. One with a line break in it is set as a quote. */
  readonly lines: readonly string[]
  /** A small table: label and value. */
  readonly facts?: readonly (readonly [label: string, value: string])[]
  /** Somebody's own words: marked as such, never taken for ours. */
  readonly quote?: string
  /** Paragraphs between the table or quote and the link. */
  readonly after?: readonly string[]
  /** A page that shows. Its full address stands in both forms. */
  readonly link?: { readonly text: string; readonly url: string }
  readonly footer?: readonly string[]
}

export interface LetterContent {
  readonly subject: string
  readonly text: string
  readonly html: string
}

const longestSubject = 300

/** The letter in both forms. Values are data: markup and control characters in them do nothing. */
export function letterContent(letter: LetterDescription): LetterContent {
  const parts = partsOf(letter)
  const subject = oneLine(letter.subject).slice(0, longestSubject)
  return { subject, text: `${parts.map(asText).join('\n\n')}\n`, html: page(subject, parts.map(asHtml).join('\n')) }
}

type Part =
  | { readonly kind: 'paragraph' | 'footer'; readonly text: string }
  | { readonly kind: 'quote'; readonly lines: readonly string[] }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [string, string])[] }
  | { readonly kind: 'link'; readonly text: string; readonly url: string }

function partsOf({ greeting, lines, facts = [], quote, after = [], link, footer = [] }: LetterDescription): Part[] {
  return [
    ...(greeting === undefined ? [] : [paragraph(greeting)]),
    ...lines.map(paragraph),
    ...(facts.length === 0
      ? []
      : [{ kind: 'facts' as const, rows: facts.map(([label, value]) => [oneLine(label), oneLine(value)] as const) }]),
    ...(quote === undefined ? [] : [quoteOf(quote)]),
    ...after.map(paragraph),
    ...(link === undefined ? [] : [{ kind: 'link' as const, text: oneLine(link.text), url: webAddress(link.url) }]),
    ...footer.map((text) => ({ kind: 'footer' as const, text: oneLine(text) })),
  ]
}

const paragraph = (text: string): Part => (/[\r\n]/.test(text.trim()) ? quoteOf(text) : { kind: 'paragraph', text: oneLine(text) })
const quoteOf = (text: string): Part => ({
  kind: 'quote',
  lines: text
    .trim()
    .split(/\r\n|\r|\n/)
    .map(withoutControls),
})

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g
const withoutControls = (text: string) => text.replace(controls, ' ').trimEnd()
const oneLine = (text: string) => withoutControls(text.replace(/\s+/g, ' ')).trim()

/** Throws for what is no web address: a link is made by us, so a wrong one is a bug. */
function webAddress(url: string): string {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new Error('a letter links to web pages alone')
  return new URL(url).href
}

function asText(part: Part): string {
  switch (part.kind) {
    case 'paragraph':
    case 'footer':
      return part.text
    case 'quote':
      return part.lines.map((line) => `> ${line}`.trimEnd()).join('\n')
    case 'facts': {
      const width = Math.max(...part.rows.map(([label]) => label.length))
      return part.rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`).join('\n')
    }
    case 'link':
      return `${part.text}: ${part.url}`
  }
}

function asHtml(part: Part): string {
  switch (part.kind) {
    case 'paragraph':
      return `<p>${escapeHtml(part.text)}</p>`
    case 'footer':
      return `<p class="footer">${escapeHtml(part.text)}</p>`
    case 'quote':
      return `<blockquote>${part.lines.map(escapeHtml).join('<br>')}</blockquote>`
    case 'facts':
      return `<table role="presentation">${part.rows.map(([label, value]) => `<tr><th scope="row">${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`).join('')}</table>`
    case 'link':
      return `<p><a class="button" href="${escapeHtml(part.url)}">${escapeHtml(part.text)}</a></p>\n<p class="address"><a href="${escapeHtml(part.url)}">${escapeHtml(part.url)}</a></p>`
  }
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** Text made inert inside HTML, in content and in quoted attributes. */
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => entities[letter] ?? '')

// Colours pass WCAG AA on white and on near-black; no image, no font, no address of anybody else.
const style = `:root{color-scheme:light dark}
body{margin:0;padding:16px;background:#fff;color:#1a1b1e;font:16px/1.5 -apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
main{max-width:560px;margin:0 auto;overflow-wrap:anywhere}
table{border-collapse:collapse;margin:16px 0}th,td{text-align:left;vertical-align:top;padding:4px 16px 4px 0}th{font-weight:400;color:#5c636a;white-space:nowrap}
blockquote{margin:16px 0;padding:4px 12px;border-left:3px solid #9aa0a6}
a{color:#364fc7}a.button{display:inline-block;padding:12px 20px;border-radius:6px;background:#364fc7;color:#fff;text-decoration:none}
.footer,.address{font-size:14px;color:#5c636a}
@media (prefers-color-scheme:dark){body{background:#141517;color:#e9ecef}th,.footer,.address{color:#b4b4b4}a{color:#a5b4fc}a.button{background:#a5b4fc;color:#141517}}`

function page(subject: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`
}
