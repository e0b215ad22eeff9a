// What must not stand in any file of the repository, as a pure question about paths and texts.

export interface SourceFile {
  readonly path: string
  readonly text: string
}

interface Ban {
  readonly why: string
  readonly pattern: RegExp
  /** Which files are looked at; all when absent. */
  readonly files?: RegExp
  /** Files that may, each with its reason beside it. This list only shrinks. */
  readonly except?: readonly string[]
}

const tests = /\.test\.tsx?$/

export const bans: readonly Ban[] = [
  {
    why: 'leans on a folder beside the checkout: the project stands on its own feet',
    pattern: /\.\.\/shared\b/,
    // The build machine may have a large real log beside the checkout; the tests pass without it.
    except: ['.ci/run'],
  },
  { why: 'names a folder of one machine', pattern: /(?:^|[\s'"`(=:])\/(?:work|home|root|Users)\/[\w.-]/m },
  {
    why: 'names the address of a package registry',
    pattern: /https?:\/\/[\w.-]*(?:npmjs|yarnpkg|npmmirror|jfrog|artifactory|verdaccio)[\w.-]*/i,
  },
  { why: 'carries the address that a package came from', pattern: /^\s*"resolved":/m, files: /package-lock\.json$/ },
  {
    why: 'leaves a test out, or runs one alone',
    pattern: /\b(?:test|it|describe|suite)(?:\.\w+)*\.(?:skip|only|todo|fails)\b|\bx(?:it|describe|test)\(/,
    files: tests,
  },
  { why: 'promises work for later', pattern: /\b(?:TODO|FIXME|XXX|HACK)\b/, files: /\.(?:tsx?|mjs|cjs|sql|ya?ml|css)$/ },
  { why: 'silences the compiler', pattern: /@ts-(?:ignore|nocheck)/, files: /\.(?:tsx?|mjs)$/ },
]

const longest = 300
const counted = /\.(?:tsx?|mjs|cjs|css)$/
const generated = /\.gen\.tsx?$/

/** One sentence for every breach in these files, the path first. */
export function breaches(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => [...bannedIn(file), ...tooLong(file)])
}

function bannedIn({ path, text }: SourceFile): string[] {
  const asked = bans.filter(({ files, except }) => (files?.test(path) ?? true) && !except?.includes(path))
  return asked.filter(({ pattern }) => pattern.test(text)).map(({ why, pattern }) => `${path} ${why} (${pattern.exec(text)?.[0].trim()})`)
}

function tooLong({ path, text }: SourceFile): string[] {
  const lines = text.split('\n').length - 1
  return counted.test(path) && !generated.test(path) && lines > longest ? [`${path} has ${lines} lines, more than ${longest}`] : []
}
