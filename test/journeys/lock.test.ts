// The screen locked to one customer in a real browser: from a bookmark, through reload, Back, other tabs and searches, until it is unlocked.
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { answerSignIn, openContext, settled, signIn, type Watched } from './browser.ts'
import { demoOf } from './demo.ts'

const demo = demoOf()
let priya: Watched

beforeAll(async () => {
  priya = await openContext(demo.browser, demo.server.address)
})

const others = ['Beta Foods', 'Cargo Nord']
const ask = async (page: Page, path: string) => (await page.request.get(`/api/v1${path}`)).json()

/** Everything that somebody who looks over one's shoulder could read: the page with its choices, its title, its address. */
async function seen(page: Page): Promise<string> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await settled(page)
  return `${await page.locator('body').innerText()} ${await page.locator('body').innerHTML()} ${await page.title()} ${page.url()}`
}

async function expectLocked(page: Page): Promise<void> {
  await page.getByText('Only Acme Robotics is shown.').waitFor()
  const text = await seen(page)
  expect([page.url(), others.filter((name) => text.includes(name))]).toEqual([page.url(), []])
}

test('BX-11 a bookmark locks the screen to one customer; reload, Back, another tab, a search and foreign addresses keep it so until it is unlocked', async () => {
  const page = await priya.context.newPage()
  await signIn(page, 'priya@larkfield.example')
  const { items: customers } = await ask(page, '/records/customers?kind=service_request&action=read')
  const idOf = (name: string) => customers.find((one: { name: string }) => one.name === name)?.id as string
  const { items: records } = await ask(page, '/records/service_request?limit=100')
  const foreign = records.find((one: { customer: { name: string } }) => others.includes(one.customer.name))
  await page.goto('/requests')
  expect(await seen(page)).toContain(foreign.customer.name)
  const elsewhere = await priya.context.newPage()
  await elsewhere.goto('/requests')
  await seen(elsewhere)

  // Who only fetches the address, as a scanner does, locks nothing.
  await page.request.get(`/focus/${idOf('Acme Robotics')}`, { headers: { accept: 'text/html' } })
  expect(await ask(page, '/me/focus')).toEqual({ customer: null })

  await page.goto(`/focus/${idOf('Acme Robotics')}`)
  await expectLocked(page)
  await elsewhere.getByText('Only Acme Robotics is shown.').waitFor()
  await expectLocked(elsewhere)
  await page.goto('/requests')
  await expectLocked(page)
  await page.reload()
  await expectLocked(page)
  await page.getByRole('main').getByRole('rowheader').first().getByRole('link').click()
  await page.waitForURL(/\/requests\/\d+/)
  await expectLocked(page)
  for (let back = 0; back < 4; back++) {
    await page.goBack()
    await expectLocked(page)
  }
  for (const path of [
    '/customers',
    '/asked',
    '/history',
    '/people',
    '/me/notifications',
    `/requests?q=${foreign.number}`,
    `/requests?customer=${idOf('Cargo Nord')}`,
  ]) {
    await page.goto(path)
    await expectLocked(page)
  }
  await page.goto(`/requests/${foreign.id}`)
  await page
    .getByText(/There is no .*, or you cannot see it/)
    .first()
    .waitFor()
  await expectLocked(page)

  await page.goto(`/focus/${idOf('Cargo Nord')}`)
  await page.getByText('Unlock it first').waitFor()
  expect(await ask(page, '/me/focus')).toMatchObject({ customer: { name: 'Acme Robotics' } })
  await page.getByRole('link', { name: 'Go to the first page' }).click()
  await page.getByRole('link', { name: 'Address for a bookmark' }).click()
  await expectLocked(page)

  await page.getByRole('button', { name: 'Unlock' }).click()
  await page.getByText('Only Acme Robotics is shown.').waitFor({ state: 'detached' })
  await page.goto('/requests')
  expect(await seen(page)).toContain(foreign.customer.name)
})

test('BX-11 the address of a lock asks to sign in first, and is no way to learn of a customer', async () => {
  const page = await priya.context.newPage()
  await page.goto('/focus/00000000-0000-4000-8000-000000000000')
  await page.getByText('There is no such customer, or you cannot see it.').waitFor()
  const { items } = await ask(page, '/records/customers?kind=service_request&action=read')
  const fresh = await openContext(demo.browser, demo.server.address, { viewport: { width: 360, height: 740 } })
  const phone = await fresh.context.newPage()
  const acme = items.find((one: { name: string }) => one.name === 'Acme Robotics')
  await phone.goto(`/focus/${acme.id}`)
  await answerSignIn(phone, 'ines@larkfield.example')
  await expectLocked(phone)
  expect(await phone.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
  expect([...priya.faults, ...fresh.faults]).toEqual([])
})
