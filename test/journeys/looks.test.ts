// Looking through the eyes of a partner's people in a browser: begun at an access, framed on every page, kept over reload and Back, and stopped.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openContext, settled, signIn } from './browser.ts'
import { demoOf } from './demo.ts'

const demo = demoOf()

const frame = (page: Page) => page.getByRole('region', { name: 'You are looking through somebody else’s eyes' })
const numbers = async (page: Page) => (await page.getByRole('main').getByRole('rowheader').allInnerTexts()).sort()

async function accessible(page: Page, scheme: 'light' | 'dark', width: number): Promise<unknown[]> {
  await page.emulateMedia({ colorScheme: scheme })
  await page.setViewportSize({ width, height: 800 })
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .setLegacyMode()
    .analyze()
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1)
  return [...violations.map(({ id, nodes }) => [id, nodes[0]?.html]), ...(tooWide ? [['too wide', width]] : [])]
}

test('BX-01 a look is begun at an access, framed on every page, outlives reload and Back, shows what they see, and leads back when it is stopped', async () => {
  const { context, faults } = await openContext(demo.browser, demo.server.address, { viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await signIn(page, 'dana@acme.example', '/people-with-access')
  const name = /^Look through the eyes of Priya/
  await page.getByRole('button', { name }).first().click()
  await frame(page).waitFor()
  expect(await frame(page).innerText()).toContain('You are looking as Priya')
  expect(await frame(page).innerText()).toContain('Nothing you do here counts.')

  // What she sees, and no more: the very list that she has herself, of this customer alone.
  await page.goto('/requests?state=all')
  await settled(page)
  const shown = await numbers(page)
  const priya = await openContext(demo.browser, demo.server.address)
  const hers = await priya.context.newPage()
  await signIn(hers, 'priya@larkfield.example', '/requests?state=all')
  const { items } = await (await hers.request.get('/api/v1/records/customers?kind=service_request&action=read')).json()
  const acme = items.find((one: { name: string }) => one.name.startsWith('Acme'))
  await hers.goto(`/requests?state=all&customer=${acme.id}`)
  await settled(hers)
  expect(shown.length).toBeGreaterThan(0)
  expect(shown).toEqual(await numbers(hers))
  await priya.context.close()

  // Nothing on the page changes anything, and no page leads out of the frame.
  await page.getByRole('main').getByRole('rowheader').getByRole('link').first().click()
  await frame(page).waitFor()
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(
    await page
      .getByRole('main')
      .getByRole('button', { name: /Send|Close|Add|Attach/ })
      .count(),
  ).toBe(0)
  const refused = await page.request.patch('/api/v1/me', { data: { language: 'de' }, headers: { 'sec-fetch-site': 'same-origin' } })
  expect([refused.status(), (await refused.json()).code]).toEqual([403, 'looking'])
  const faultsSeen = []
  for (const scheme of ['light', 'dark'] as const)
    for (const width of [1280, 360]) faultsSeen.push(...(await accessible(page, scheme, width)))
  expect(faultsSeen).toEqual([])
  await page.setViewportSize({ width: 1280, height: 900 })

  await page.reload()
  await frame(page).waitFor()
  await page.goBack()
  await frame(page).waitFor()
  await page.goto('/history')
  await frame(page).waitFor()
  await page.getByText('This is no part of a look').first().waitFor()

  // Another tab of the same browser is in the same frame, and out of it together with this one.
  const other = await context.newPage()
  await other.goto('/')
  await frame(other).waitFor()
  await frame(page).getByRole('button', { name: 'Stop' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/people-with-access')
  await page.getByRole('button', { name }).first().waitFor()
  expect(await frame(page).count()).toBe(0)
  await frame(other).waitFor({ state: 'detached' })
  await page.goBack()
  await settled(page)
  expect(await frame(page).count()).toBe(0)
  await page.goto('/history')
  await page
    .getByText(/Dana .* began to look through the eyes of Priya/)
    .first()
    .waitFor()

  // A look whose access ends is over at once, says so, and leads back in the same way.
  await page.goto('/people-with-access')
  await page.getByRole('button', { name }).first().click()
  await frame(page).waitFor()
  const again = await openContext(demo.browser, demo.server.address)
  const elsewhere = await again.context.newPage()
  await signIn(elsewhere, 'dana@acme.example')
  const partners = await (await elsewhere.request.get('/api/v1/partners')).json()
  const { id } = partners.items.find((one: { name: string }) => one.name.startsWith('Larkfield'))
  const removed = await elsewhere.request.post(`/api/v1/partners/${id}/removal`, { data: {}, headers: { 'sec-fetch-site': 'same-origin' } })
  expect(removed.status()).toBe(201)
  await page.goto('/requests')
  await page.getByRole('heading', { name: 'The look is over' }).waitFor()
  expect(await accessible(page, 'light', 360)).toEqual([])
  await page.getByRole('button', { name: 'Back to your own screen' }).click()
  await page.waitForURL('**/people-with-access')
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await page.getByRole('button', { name }).count()).toBe(0)
  expect(faults).toEqual([])
})
