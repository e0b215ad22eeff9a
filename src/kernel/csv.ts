// Rows as CSV (RFC 4180) that a spreadsheet opens without running anything in it.

/** A cell that begins like a formula gets an apostrophe, which spreadsheets take for "text": = + - @, tab and carriage return, also behind blanks. */
const formula = /^[\s\u00a0]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

function cell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' && formula.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** With a byte order mark, without which spreadsheets take accents for something else. */
export const csvOf = (columns: readonly string[], rows: readonly (readonly (string | number | boolean | null | undefined)[])[]): string =>
  `\ufeff${[columns, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
