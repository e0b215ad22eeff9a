// Every screen of the first storey, as the demo world fills it: accessible, in plain words, no wider than the window, and from this host alone.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openContext, settled, signIn } from './browser.ts'
import { demoOf } from './demo.ts'

const demo = demoOf()

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Customers and partners never read these on a page; a level, a button or a warning that needs one of them is written wrongly. */
const insiders = /\b(grant|grants|granted|revoke[ds]?|provision(ed|ing)?|tenant|RBAC|scope|principal|entity|oops|submit)\b/i

interface Screen {
  readonly path: string | ((page: Page) => Promise<string>)
  /** What is done on the page before it is looked at. */
  readonly act?: (page: Page) => Promise<void>
}

const firstOf = (list: string, at: string) => async (page: Page) => {
  const { items } = (await (await page.request.get(`/api/v1${list}`)).json()) as { items: { id: string }[] }
  return `${at}/${items[0]?.id}`
}

async function chooseEverything(page: Page): Promise<void> {
  await page.getByLabel('Partner').selectOption({ label: 'Larkfield Consulting' })
  await page.getByLabel('Everyone at Larkfield Consulting').check()
  await page.getByLabel('Work on requests').check()
  await page.getByText('Changes from today').waitFor()
}

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()

const screens: Record<string, Screen[]> = {
  'dana@acme.example': [
    { path: '/' },
    { path: '/partners' },
    { path: '/partners?state=ended' },
    { path: '/partners/new' },
    { path: '/partners/new', act: chooseEverything },
    { path: '/partners/new', act: press('Give access until') },
    { path: firstOf('/grants?side=given&state=active', '/access') },
    { path: firstOf('/grants?side=given&state=active', '/access'), act: press('Change or extend…') },
    { path: firstOf('/grants?side=given&state=active', '/access'), act: press('Remove access…') },
    { path: '/asks' },
    { path: '/asks?state=answered' },
    { path: firstOf('/access-requests?side=received&state=waiting', '/asks') },
    { path: firstOf('/access-requests?side=received&state=waiting', '/asks'), act: press('Change first…') },
    { path: firstOf('/access-requests?side=received&state=waiting', '/asks'), act: press('Decline…') },
    { path: '/requests' },
    { path: '/requests?q=nothing+is+called+so' },
    { path: firstOf('/records/service_request?limit=1', '/requests') },
    { path: firstOf('/records/service_request?limit=1', '/requests'), act: (page) => page.getByText('Add a contact…').click() },
    { path: '/requests/999999999' },
    { path: '/requests/new' },
    { path: '/who' },
    { path: '/history' },
    { path: '/me' },
    { path: '/me/notifications' },
    { path: '/help' },
  ],
  'nils@cargonord.example': [{ path: '/' }, { path: firstOf('/grants?side=given&state=all', '/access') }],
  'priya@larkfield.example': [
    { path: '/' },
    { path: '/customers' },
    { path: '/customers/new' },
    { path: '/customers/new', act: (page) => page.getByLabel('Some of my colleagues').check() },
    { path: '/asked' },
    { path: firstOf('/access-requests?side=asked&state=waiting', '/asks') },
    { path: '/requests' },
    { path: firstOf('/records/service_request?limit=1', '/requests') },
    { path: '/requests/new' },
    { path: '/history' },
  ],
  'greta@cargonord.example': [{ path: '/' }, { path: '/requests' }],
  'noor@meridia.example': [{ path: '/' }, { path: '/history' }],
}

const open: Screen[] = [
  { path: '/sign-in' },
  { path: '/sign-in', act: press('Send me a code') },
  { path: '/mailbox' },
  { path: async (page) => `/mailbox?letter=${(await firstOf('/letters', '')(page)).slice(1)}` },
  { path: '/no-such-page' },
]

async function visit(page: Page, { path, act }: Screen): Promise<string> {
  const address = typeof path === 'string' ? path : await path(page)
  await page.goto(address)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await settled(page)
  await act?.(page)
  if (act) await settled(page)
  return address
}

/** Each page is looked at in all of them, without being loaded anew: that is what turning a phone or switching the look does. */
const shapes = [
  ['light', 1280],
  ['dark', 1280],
  ['light', 360],
  ['dark', 360],
] as const

async function faultsOf(page: Page, where: string, plain: boolean): Promise<string[]> {
  const found: string[] = []
  for (const [colorScheme, width] of shapes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 800 })
    await page.waitForFunction((scheme) => document.documentElement.getAttribute('data-mantine-color-scheme') === scheme, colorScheme)
    // The pages have no frames, so axe need not open a page of its own for each look ("legacy mode"), which takes most of the time.
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .options({ resultTypes: ['violations'] })
      .withTags(rules)
      .analyze()
    found.push(
      ...violations.map(
        ({ id, nodes }) => `${colorScheme} ${width}: ${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.any[0]?.message ?? ''}`,
      ),
      ...(await sidewaysAt(page, width)),
    )
    if (colorScheme === 'light') found.push(...(await wrongWith(page, plain)))
  }
  await page.setViewportSize({ width: 320, height: 800 })
  found.push(...(await sidewaysAt(page, 320)))
  return [...new Set(found)].map((fault) => `${where}: ${fault}`)
}

async function sidewaysAt(page: Page, width: number): Promise<string[]> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  return wide ? [`scrolls sideways at ${width} pixels`] : []
}

/** What axe does not look for: titles, names of tables, targets, insiders' words, more than one primary button. */
async function wrongWith(page: Page, plain: boolean): Promise<string[]> {
  const facts = await page.evaluate(() => ({
    headings: document.querySelectorAll('h1').length,
    title: document.title,
    heading: document.querySelector('h1')?.textContent ?? '',
    tables: [...document.querySelectorAll('table')].filter((table) => !table.ariaLabel && !table.caption).length,
    small: [...document.querySelectorAll('main button, main select, main input:not([type=radio]):not([type=checkbox])')]
      .filter((one) => one.getBoundingClientRect().height > 0 && one.getBoundingClientRect().height < 24)
      .map((one) => `smaller than 24 pixels: ${one.outerHTML.slice(0, 120)}`),
    primary: document.querySelectorAll('main .mantine-Button-root:is(:not([data-variant]), [data-variant=filled])').length,
    text: document.body.innerText,
  }))
  const found = [...facts.small]
  if (facts.headings !== 1) found.push(`${facts.headings} headings of level 1`)
  if (!facts.title.includes(facts.heading)) found.push(`the tab says "${facts.title}", the heading "${facts.heading}"`)
  if (facts.tables > 0) found.push(`${facts.tables} tables without a name`)
  if (facts.primary > 1) found.push(`${facts.primary} primary buttons`)
  const insider = plain ? insiders.exec(facts.text) : null
  if (insider) found.push(`says "${insider[0]}"`)
  return found
}

async function look(person: string | undefined, which: Screen[]): Promise<string[]> {
  const { context, faults } = await openContext(demo.browser, demo.server.address)
  const page = await context.newPage()
  if (person) await signIn(page, person)
  const found: string[] = []
  for (const screen of which) found.push(...(await faultsOf(page, await visit(page, screen), !person?.endsWith('@meridia.example'))))
  await context.close()
  return [...found, ...faults]
}

test('nothing is wrong on the pages before sign-in, light and dark, wide and narrow', async () => {
  expect(await look(undefined, open)).toEqual([])
})

test.each(Object.entries(screens))('nothing is wrong on the pages of %s, light and dark, wide and narrow', async (person, which) => {
  expect(await look(person, which)).toEqual([])
})

test('the first page after sign-in needs at most 250 KB of compressed JavaScript', async () => {
  const { context } = await openContext(demo.browser, demo.server.address)
  const page = await context.newPage()
  await signIn(page, 'dana@acme.example')
  const scripts = new Set<string>()
  page.on('response', (response) => {
    if (/\.js$/.test(new URL(response.url()).pathname)) scripts.add(new URL(response.url()).pathname)
  })
  await page.goto('/', { waitUntil: 'networkidle' })
  const built = fileURLToPath(new URL('../../dist/web', import.meta.url))
  const bytes = [...scripts].reduce((sum, path) => sum + gzipSync(readFileSync(`${built}${path}`)).length, 0)
  expect(scripts.size).toBeGreaterThan(0)
  expect(readdirSync(`${built}/assets`).length).toBeGreaterThan(scripts.size)
  expect(bytes).toBeLessThan(250_000)
  await context.close()
})
