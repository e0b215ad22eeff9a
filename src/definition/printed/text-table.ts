// A table in plain text: columns as wide as their widest cell, two spaces between them.

/** The first row is the head. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_head, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** "a", "a and b", "a, b and c". */
export const listed = (words: readonly string[], and = 'and'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1)}`

/** A name of a definition as people say it. */
export const said = (name: string): string => name.replaceAll('_', ' ')

/** The text with every line moved in. */
export const indented = (text: string, by = 2): string => text.replace(/^(?=.)/gm, ' '.repeat(by))
