// The one-way road: which room of the house may lean on which. Each rule's comment says what to do instead.
const test = '\\.test(?:-support)?\\.tsx?$'
// In the feature about letters, files are named after what they do with letters; elsewhere `-letters.ts` is a role.
const feature = '^src/features/([^/]+)/'
const letters = '^src/features/((?!letters/)[^/]+)/(?:|.*-)letters\\.ts$'
const role = (...names) => `^src/features/.*[/-](?:${names.join('|')})\\.ts$`
const ownRole = (...names) => `^src/features/$1/(?:|.*-)(?:${names.join('|')})\\.ts$`
const anyRole = [role('rules', 'store', 'steps', 'routes'), letters]
const npm = (...names) => names.map((name) => `node_modules/${name}/`)

/** Everything that `from` leans on must match one of `may`. */
const only = (name, from, may, comment, fromNot = []) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from, pathNot: [test, ...fromNot] },
  to: { pathNot: may },
})

module.exports = {
  forbidden: [
    only(
      'kernel-imports-nothing',
      '^src/kernel/',
      ['^src/kernel/'],
      'The kernel is words that everybody shares, and leans on nothing, Node included. Put what needs more into the room that needs it.',
    ),
    only(
      'definition-is-pure',
      '^src/definition/',
      ['^src/(?:definition|kernel|law|rows)/', ...npm('yaml', 'zod'), '^(?:node:)?crypto$'],
      'A definition is text that is checked, fingerprinted and compiled. Let main.ts or context/ read the file and hand over the text.',
    ),
    only(
      'law-is-pure',
      '^src/law/',
      ['^src/(?:law|kernel|rows)/'],
      'The law is handed law, facts and a time, and touches nothing. Load in context/load-facts.ts, and hand the result over.',
    ),
    only(
      'rows-are-pure',
      '^src/rows/',
      ['^src/(?:rows|kernel)/'],
      'A row expression is pure. SQL is written in to-sql.ts and row-policies.ts alone.',
      ['^src/rows/.*(?:to-sql|row-policies)\\.ts$'],
    ),
    only(
      'rows-to-sql-knows-kysely-only',
      '^src/rows/.*(?:to-sql|row-policies)\\.ts$',
      ['^src/(?:rows|kernel)/', ...npm('kysely')],
      'Of all packages, turning an expression into SQL needs Kysely alone.',
    ),
    {
      name: 'platform-knows-no-domain-word',
      severity: 'error',
      comment: 'Plumbing knows no domain word. Hand it what it needs as a parameter, from context/ or server.ts.',
      from: { path: '^src/platform/', pathNot: test },
      to: { path: '^(?:src/(?!platform/|kernel/)|cli/|web/|client/)' },
    },
    {
      name: 'context-is-below-features',
      severity: 'error',
      comment: 'The door knows no feature. Put what both need into law/ or rows/, or hand it in from server.ts.',
      from: { path: '^src/context/', pathNot: test },
      to: { path: '^(?:src/(?!context/|definition/|law/|rows/|platform/|kernel/)|cli/|web/|client/)' },
    },
    only(
      'rules-are-pure',
      role('rules'),
      ['^src/(?:kernel|law|rows)/', role('rules')],
      'Rules decide and do no I/O. Load in a store, decide here, save in a step.',
    ),
    only(
      'letters-only-word',
      letters,
      [ownRole('rules', 'letters'), '^src/kernel/', '^src/platform/mail/letter\\.ts$', '^src/context/', '^src/law/'],
      'A letter is written from what it is handed. Load before, and pass the names in.',
    ),
    only(
      'stores-are-sql',
      `${feature}(?:|.*-)store\\.ts$`,
      [ownRole('rules', 'store'), '^src/(?:kernel|rows|law|context)/', '^src/platform/db/', ...npm('kysely'), '^(?:node:)?crypto$'],
      'A store is SQL behind names, of its own feature. Compose stores of several features in a step or a use case.',
    ),
    only(
      'steps-join-an-open-door',
      `${feature}(?:|.*-)steps\\.ts$`,
      [
        ownRole('rules', 'store', 'steps', 'letters'),
        role('rules', 'steps'),
        '^src/(?:kernel|rows|law|context)/',
        '^src/platform/db/',
        ...npm('kysely'),
      ],
      'A step takes (tx, …) and joins the open door: it may call other steps, never a use case, which would open a second door.',
    ),
    {
      name: 'use-cases-open-one-door',
      severity: 'error',
      comment:
        'Another feature is reached by its steps and rules: its use cases open a door of their own, and a door inside a door throws.',
      from: { path: feature, pathNot: [test, ...anyRole] },
      to: { path: '^src/features/', pathNot: ['^src/features/$1/', role('rules', 'steps')] },
    },
    {
      name: 'features-stay-below-the-server',
      severity: 'error',
      comment: 'server.ts wires features together; a feature never asks who wired it. Take it as a parameter.',
      from: { path: '^src/(?:features|context|platform)/', pathNot: test },
      to: { path: '^(?:src/(?:server|main)\\.ts$|cli/|web/|client/)' },
    },
    {
      name: 'only-routes-speak-http',
      severity: 'error',
      comment: 'Only routes.ts knows HTTP. A use case takes plain input and gives plain output.',
      from: { path: feature, pathNot: [test, role('routes')] },
      to: { path: ['^src/platform/http/', ...npm('fastify', '@fastify', 'fastify-type-provider-zod')] },
    },
    {
      name: 'routes-never-store',
      severity: 'error',
      comment: 'A route calls a use case, and the use case asks the law. A store behind a route would answer without asking.',
      from: { path: role('routes'), pathNot: test },
      to: { path: ['^src/platform/db/', '^src/features/.*store\\.ts$', '^src/features/.*steps\\.ts$', ...npm('kysely', 'pg')] },
    },
    {
      name: 'routes-know-their-own-feature',
      severity: 'error',
      comment: 'A route belongs to one feature. Where two are needed, write a use case that joins their steps.',
      from: { path: `${feature}(?:|.*-)routes\\.ts$`, pathNot: test },
      to: { path: '^src/features/', pathNot: ['^src/features/$1/', role('rules')] },
    },
    {
      name: 'one-door-to-the-database',
      severity: 'error',
      comment: 'The database is opened by context/, server.ts and main.ts alone. Everybody else gets `tx` from ctx.reading or ctx.writing.',
      from: {
        path: '^(?:src|cli|web|client|bench)/',
        pathNot: [test, '^src/context/', '^src/(?:server|main)\\.ts$', '^src/platform/db/', '^bench/'],
      },
      to: { path: ['^src/platform/db/open\\.ts$', ...npm('pg', '@electric-sql/pglite')] },
    },
    only(
      'client-stands-alone',
      '^client/',
      ['^client/'],
      'The client is published and runs anywhere. It leans on nothing of the server; types come from the generated file.',
    ),
    {
      name: 'web-and-cli-have-no-private-door',
      severity: 'error',
      comment: 'The interface and the command line use the published client. What they lack, the API lacks: add an endpoint.',
      from: { path: '^(web|cli)/', pathNot: [test, '^cli/portal-check\\.ts$'] },
      to: { path: '^(?:src|web|cli)/', pathNot: '^$1/' },
    },
    {
      name: 'a-definition-is-checked-without-a-server',
      severity: 'error',
      comment:
        'Of the server, checking a definition on the command line needs src/definition alone, which is pure. What asks the database is an endpoint.',
      from: { path: '^cli/portal-check\\.ts$' },
      to: { path: '^src/', pathNot: '^src/definition/' },
    },
    {
      name: 'web-runs-in-browsers',
      severity: 'error',
      comment: 'A browser has no Node.',
      from: { path: '^web/', pathNot: [test, '^web/vite\\.config\\.ts$'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nothing-leans-on-tests',
      severity: 'error',
      comment: 'Code that runs at a customer never leans on test/, bench/ or tools/. Move what both need below src/.',
      from: { path: '^(?:src|cli|client|web)/', pathNot: [test, '^web/vite\\.config\\.ts$'] },
      to: { path: `^(?:test|bench|tools)/|${test}` },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other are one file, or hide a third that both need.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nobody uses this file: delete it.',
      from: {
        orphan: true,
        pathNot: [
          test,
          '\\.d\\.m?ts$',
          '\\.config\\.(?:ts|cjs)$',
          '^src/main\\.ts$',
          '^cli/main\\.ts$',
          '^tools/',
          '^bench/',
          '^examples/',
          '^web/public/',
        ],
      },
      to: {},
    },
    {
      name: 'everything-is-found',
      severity: 'error',
      comment: 'This import leads nowhere: mend the path, or add the package to package.json.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'runs-with-what-it-installs',
      severity: 'error',
      comment: 'At a customer only `dependencies` are installed. Move the package there in package.json.',
      from: { path: '^(?:src|cli|client)/', pathNot: test },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: `${__dirname}/tsconfig.json` },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
