// What I get by mail, and the fixed addresses of my partners and my customers, with the links that lead there.
import { expect, test } from 'vitest'
import { openContext, signIn } from './browser.ts'
import { demoOf } from './demo.ts'

const demo = demoOf()

/** Signed in at the address itself, and led there from the menu of the first page and from the own account. */
const standsAt = async (email: string, address: string, title: string) => {
  const { context, faults } = await openContext(demo.browser, demo.server.address)
  const page = await context.newPage()
  await signIn(page, email, address)
  const heading = page.getByRole('heading', { level: 1, name: title })
  await heading.waitFor()
  expect(new URL(page.url()).pathname).toBe(address)
  for (const from of ['/', '/me']) {
    await page.goto(from)
    await page.getByRole('navigation').getByRole('link', { name: title }).waitFor()
    const link = page.locator('#main').getByRole('link', { name: title })
    await (from === '/me' ? link : page.getByRole('navigation').getByRole('link', { name: title })).first().click()
    await heading.waitFor()
    expect(new URL(page.url()).pathname).toBe(address)
  }
  expect(faults).toEqual([])
  await context.close()
}

test('OR-005 My partners stands at a fixed address, and links on the first page and in the account lead there', () =>
  standsAt('dana@acme.example', '/partners', 'My partners'))

test('OR-052 My customers stands at a fixed address, and links on the first page and in the account lead there', () =>
  standsAt('priya@larkfield.example', '/customers', 'My customers'))

test('what one gets by mail is chosen on one page, is kept, and what is kept for everybody offers no way out', async () => {
  const { context, faults } = await openContext(demo.browser, demo.server.address, { viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  await signIn(page, 'dana@acme.example', '/me')
  await page.locator('#main').getByRole('link', { name: 'What I get by mail' }).click()
  const mailings = page.getByLabel('Mailings about Acme Robotics')
  await mailings.selectOption({ label: 'Nothing' })
  await page.getByText('“Mailings” about Acme Robotics: Nothing.').waitFor()
  await page.reload()
  await mailings.waitFor()
  expect(await mailings.inputValue()).toBe('none')
  expect(await page.getByLabel('Notices about the site about Acme Robotics').locator('option').allTextContents()).toEqual([
    'Mail at once',
    'Daily digest',
  ])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  expect(faults).toEqual([])
  await context.close()
})
