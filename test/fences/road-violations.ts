// For every rule of the one-way road, the files that break it: all of them planted together in one small house.

/** What the trespassers lean on. */
export const plantedNeighbours: Readonly<Record<string, string>> = {
  'src/law/egg.ts': "import { chicken } from './chicken.ts'\nexport const egg = () => chicken\n",
  'src/law/night.ts': "import type { Day } from './day.ts'\nexport type Night = Day | 1\n",
  ...Object.fromEntries(
    [
      'src/law/decide.ts',
      'src/platform/b.ts',
      'src/platform/db/open.ts',
      'src/platform/http/problem.ts',
      'src/context/b.ts',
      'src/server.ts',
      'src/features/apples/store.ts',
      'src/features/apples/eat-apple.ts',
      'src/features/pears/store.ts',
      'src/features/pears/rules.ts',
      'src/features/pears/give-pear.ts',
      'cli/b.ts',
      'test/world.ts',
      'tools/b.ts',
    ].map((path) => [path, "export const word = 'word'\n"]),
  ),
}

const uses = (path: string) => `import { word } from '${path}'\nexport const used = word\n`
const usesType = (name: string, of: string) => `import type { ${name} } from '${of}'\nexport type Used = ${name}\n`
const apples = 'src/features/apples'

/** Rule → file → what stands in it. Every file breaks its rule. */
export const roadViolations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'kernel-imports-nothing': {
    'src/kernel/a.ts': uses('../law/decide.ts'),
    'src/kernel/b.ts': "import { join } from 'node:path'\nexport const used = join('a')\n",
    'src/kernel/c.ts': usesType('Kysely', 'kysely'),
  },
  'definition-is-pure': {
    'src/definition/a.ts': uses('../platform/b.ts'),
    'src/definition/b.ts': "import { readFileSync } from 'node:fs'\nexport const used = readFileSync\n",
  },
  'law-is-pure': { 'src/law/a.ts': uses('../context/b.ts'), 'src/law/b.ts': usesType('Kysely', 'kysely') },
  'rows-are-pure': {
    'src/rows/visibility.ts': "import { sql } from 'kysely'\nexport const used = sql\n",
    'src/rows/holds.ts': uses('../law/decide.ts'),
  },
  'rows-to-sql-knows-kysely-only': { 'src/rows/to-sql.ts': uses('../platform/b.ts') },
  'platform-knows-no-domain-word': { 'src/platform/mail/a.ts': uses('../../law/decide.ts') },
  'context-is-below-features': { 'src/context/a.ts': uses('../features/pears/rules.ts') },
  'rules-are-pure': {
    [`${apples}/rules.ts`]: uses('./store.ts'),
    [`${apples}/ripe-rules.ts`]: "import { readFileSync } from 'node:fs'\nexport const used = readFileSync\n",
  },
  'letters-only-word': { [`${apples}/letters.ts`]: uses('./store.ts') },
  'stores-are-sql': { [`${apples}/list-store.ts`]: uses('../pears/store.ts'), [`${apples}/other-store.ts`]: uses('./eat-apple.ts') },
  'steps-join-an-open-door': { [`${apples}/steps.ts`]: uses('./eat-apple.ts'), [`${apples}/more-steps.ts`]: uses('../pears/store.ts') },
  'use-cases-open-one-door': {
    [`${apples}/give-apple.ts`]: uses('../pears/give-pear.ts'),
    [`${apples}/take-apple.ts`]: uses('../pears/store.ts'),
  },
  'features-stay-below-the-server': { [`${apples}/ask-server.ts`]: uses('../../server.ts') },
  'only-routes-speak-http': { [`${apples}/answer-apple.ts`]: uses('../../platform/http/problem.ts') },
  'routes-never-store': {
    [`${apples}/routes.ts`]: uses('./store.ts'),
    [`${apples}/sql-routes.ts`]: "import { sql } from 'kysely'\nexport const used = sql\n",
  },
  'routes-know-their-own-feature': { [`${apples}/far-routes.ts`]: uses('../pears/give-pear.ts') },
  'one-door-to-the-database': {
    [`${apples}/open-apple.ts`]: uses('../../platform/db/open.ts'),
    'src/platform/jobs/a.ts': uses('../db/open.ts'),
    'cli/pool.ts': usesType('Pool', 'pg'),
  },
  'client-stands-alone': { 'client/a.ts': uses('../src/law/decide.ts') },
  'web-and-cli-have-no-private-door': {
    'web/a.ts': uses('../src/law/decide.ts'),
    'web/b.ts': uses('../cli/b.ts'),
    'cli/a.ts': uses('../src/law/decide.ts'),
  },
  'a-definition-is-checked-without-a-server': { 'cli/portal-check.ts': uses('../src/law/decide.ts') },
  'web-runs-in-browsers': { 'web/c.ts': "import { join } from 'node:path'\nexport const used = join\n" },
  'nothing-leans-on-tests': { 'src/main.ts': uses('../test/world.ts'), 'cli/c.ts': uses('../tools/b.ts') },
  'no-cycles': {
    'src/law/chicken.ts': "import { egg } from './egg.ts'\nexport const chicken = () => egg\n",
    'src/law/day.ts': "import type { Night } from './night.ts'\nexport type Day = Night | 2\n",
  },
  'no-orphans': { 'src/law/nobody-asks.ts': "export const word = 'word'\n" },
  'everything-is-found': { 'src/law/lost.ts': uses('./gone.ts') },
  'runs-with-what-it-installs': { 'src/context/browser.ts': "import { chromium } from 'playwright-core'\nexport const used = chromium\n" },
}

const leaning = (...paths: string[]) =>
  `${paths.map((path, index) => `import { word as w${index} } from '${path}'`).join('\n')}\nexport const word = [${paths.map((_, index) => `w${index}`)}]\n`

/** A house that leans on everything it may, and on nothing else. */
export const roadKept: Readonly<Record<string, string>> = {
  'src/kernel/word.ts': "export const word = 'word'\n",
  'src/rows/holds.ts': leaning('../kernel/word.ts'),
  'src/rows/to-sql.ts': "import { sql } from 'kysely'\nimport { word as held } from './holds.ts'\nexport const word = [sql, held]\n",
  'src/law/decide.ts': leaning('../kernel/word.ts', '../rows/holds.ts'),
  'src/definition/compile.ts': leaning('../kernel/word.ts', '../law/decide.ts', '../rows/holds.ts'),
  'src/platform/db/open.ts':
    "import { Pool } from 'pg'\nimport { word as kept } from '../../kernel/word.ts'\nexport const word = [Pool, kept]\n",
  'src/platform/mail/letter.ts': leaning('../../kernel/word.ts'),
  'src/platform/http/problem.ts': leaning('../../kernel/word.ts'),
  'src/context/context.ts': leaning('../platform/db/open.ts', '../definition/compile.ts', '../law/decide.ts', '../rows/to-sql.ts'),
  'src/features/pears/rules.ts': leaning('../../law/decide.ts', '../../rows/holds.ts', '../../kernel/word.ts'),
  'src/features/pears/steps.ts': leaning('./rules.ts'),
  [`${apples}/rules.ts`]: leaning('../../law/decide.ts', '../pears/rules.ts'),
  [`${apples}/store.ts`]: leaning('./rules.ts', '../../rows/to-sql.ts', '../../context/context.ts'),
  [`${apples}/letters.ts`]: leaning('./rules.ts', '../../platform/mail/letter.ts', '../../kernel/word.ts'),
  [`${apples}/steps.ts`]: leaning(
    './rules.ts',
    './store.ts',
    './letters.ts',
    '../pears/steps.ts',
    '../pears/rules.ts',
    '../../context/context.ts',
  ),
  [`${apples}/eat-apple.ts`]: leaning(
    './rules.ts',
    './steps.ts',
    './store.ts',
    './letters.ts',
    '../pears/steps.ts',
    '../../context/context.ts',
  ),
  [`${apples}/routes.ts`]:
    "import { fastify } from 'fastify'\nimport { word as eat } from './eat-apple.ts'\nimport { word as rule } from './rules.ts'\nimport { word as problem } from '../../platform/http/problem.ts'\nexport const word = [fastify, eat, rule, problem]\n",
  'src/features/letters/store.ts': leaning('../../rows/to-sql.ts'),
  'src/features/letters/deliver-letters.ts': leaning('./store.ts', '../../context/context.ts'),
  'src/server.ts': leaning(
    './features/letters/deliver-letters.ts',
    './features/apples/routes.ts',
    './context/context.ts',
    './platform/db/open.ts',
  ),
  'src/main.ts': leaning('./server.ts'),
  'client/client.ts': "export const word = 'word'\n",
  'web/main.tsx': leaning('../client/client.ts'),
  'cli/main.ts':
    "import { join } from 'node:path'\nimport { word as client } from '../client/client.ts'\nexport const word = [join, client]\n",
}
