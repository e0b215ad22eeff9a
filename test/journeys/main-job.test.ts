// The main job in a real browser: a partner asks, the customer answers less than was asked, the partner sees exactly that, and it ends at once.
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { answerSignIn, letterTo, openContext, settled, signIn, type Watched } from './browser.ts'
import { demoOf } from './demo.ts'

const erik = 'erik@halden.example'
const dana = 'dana@acme.example'
const askingSubject = /Halden Systems asks for access/

const demo = demoOf()
let partner: Watched
let customer: Watched
let erikPage: Page
let danaPage: Page
let link: string

beforeAll(async () => {
  partner = await openContext(demo.browser, demo.server.address)
  customer = await openContext(demo.browser, demo.server.address, { viewport: { width: 390, height: 800 } })
  erikPage = await partner.context.newPage()
  danaPage = await customer.context.newPage()
})

const apiOf = async (page: Page, path: string) => (await page.request.get(`/api/v1${path}`)).json()
const danasAsk = async () => (await apiOf(danaPage, `/access-requests/${link.split('/').at(-1)}`)) as { state: string }

test('OR-055 a partner asks a customer for access, and the answer does not tell whether the address is known', async () => {
  await signIn(erikPage, erik, '/customers/new')
  const ask = async (address: string) => {
    await erikPage.getByLabel('E-mail address of the customer’s contact manager').fill(address)
    await erikPage.getByLabel('Everyone at Halden Systems').check()
    await erikPage.getByLabel('Work on requests').check()
    await erikPage.getByLabel('Why?').fill('We take over the controllers of hall 2.')
    await erikPage.getByRole('button', { name: /^Ask for access until / }).click()
    const answer = (await erikPage.getByRole('status').filter({ hasText: '@' }).locator('p').innerText()).replace(address, 'ADDRESS')
    await erikPage.getByRole('button', { name: 'Ask another customer' }).click()
    return answer
  }
  const known = await ask(dana)
  expect(await ask('nobody@nowhere.example')).toBe(known)
  await erikPage.goto('/asked')
  await erikPage.getByRole('link', { name: dana }).waitFor()
})

test('OR-062 opening the link of the letter, by whomever and however often, changes nothing and leads to sign-in', async () => {
  const letter = await letterTo(erikPage, dana, askingSubject)
  link = /https?:\/\/\S+\/asks\/\S+/.exec(letter.text)?.[0] ?? ''
  expect(link).toContain(`${demo.server.address}/asks/`)
  for (let times = 0; times < 10; times++) {
    expect((await fetch(link, { headers: { accept: 'text/html' } })).status).toBe(200)
    expect((await fetch(link, { method: 'HEAD', headers: { accept: 'text/html' } })).status).toBe(200)
  }
  await danaPage.goto(link)
  await danaPage.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor()
  await answerSignIn(danaPage, dana)
  await danaPage.getByRole('heading', { name: 'Halden Systems asks for access', level: 1 }).waitFor()
  expect(danaPage.url()).toBe(link)
  expect((await danasAsk()).state).toBe('waiting')
})

test('OR-063 BX-01 the contact manager sees what they would see, narrows level and day on a phone, and approves', async () => {
  const preview = danaPage.getByRole('heading', { name: 'What Halden Systems will see' }).locator('xpath=ancestor::section')
  await preview.getByText('Answer and attach files').waitFor()
  await danaPage.getByRole('button', { name: 'Change first…' }).click()
  await danaPage.getByLabel('Level for everyone at Halden Systems').selectOption({ label: 'See all requests' })
  await danaPage.getByRole('button', { name: '30 days', exact: true }).click()
  const approve = danaPage.getByRole('button', { name: /^Approve until / })
  await danaPage.getByText('This opens your whole history to everyone at Halden Systems').waitFor()
  await approve.click()
  await danaPage.getByRole('heading', { name: 'There is a problem' }).waitFor()
  expect((await danasAsk()).state).toBe('waiting')
  await danaPage.getByLabel(/^I understand that this includes past/).check()
  await approve.click()
  await danaPage.getByText('Approved. Halden Systems has access until').waitFor()
  expect((await danasAsk()).state).toBe('approved')
})

test('OR-064 OR-021 the partner then sees exactly the requests of that customer, in list, count and search', async () => {
  const acme = await apiOf(danaPage, '/records/service_request?limit=100')
  await erikPage.goto('/customers')
  await erikPage.getByRole('link', { name: 'Acme Robotics' }).first().waitFor()
  await erikPage.goto('/requests?state=all')
  await erikPage.getByText(`${acme.total} of ${acme.total} service requests`).waitFor()
  const numbers = await erikPage
    .getByRole('table')
    .getByText(/^SR-\d+$/)
    .allInnerTexts()
  expect(numbers.map((text) => text.trim()).sort()).toEqual(acme.items.map((row: { number: string }) => row.number).sort())
  await erikPage.getByLabel('Number or subject').fill(acme.items[0].number)
  await erikPage.getByText('1 of 1 service request').waitFor()
  await erikPage.getByRole('link', { name: acme.items[0].title }).click()
  await erikPage.getByRole('heading', { name: acme.items[0].title, level: 1 }).waitFor()
  expect(await erikPage.getByRole('button', { name: /^Close SR-/ }).count()).toBe(0)
  await erikPage.goBack()
  await erikPage.getByText('1 of 1 service request').waitFor()
  expect(await erikPage.getByLabel('Number or subject').inputValue()).toBe(acme.items[0].number)
})

test('OR-009 OR-020 once the customer removes it, it is over with the next click, and a link says the same as for what never was', async () => {
  const acme = await apiOf(danaPage, '/records/service_request?limit=1')
  const hidden = `/requests/${acme.items[0].id}`
  await erikPage.goto(hidden)
  await erikPage.getByRole('heading', { name: acme.items[0].title, level: 1 }).waitFor()
  await danaPage.goto('/partners')
  await danaPage.getByRole('rowheader', { name: 'Halden Systems' }).getByRole('link').click()
  await danaPage.getByRole('button', { name: 'Remove access…' }).click()
  await danaPage.getByLabel('Why? (optional)').fill('The order went to somebody else.')
  await danaPage.getByRole('button', { name: /^Remove access for \d+ (people|person)$/ }).click()
  await danaPage.getByRole('heading', { name: 'What ended' }).waitFor()
  await erikPage.reload()
  await erikPage.getByRole('heading', { name: 'There is no such service request, or you cannot see it' }).waitFor()
  const words = await erikPage.locator('main').innerText()
  await erikPage.goto('/requests/999999999')
  await erikPage.getByRole('heading', { level: 1 }).waitFor()
  expect(await erikPage.locator('main').innerText()).toBe(words)
  expect(
    (await apiOf(erikPage, '/records/service_request?limit=1')).items.filter(
      (row: { customer: { name: string } }) => row.customer.name === 'Acme Robotics',
    ),
  ).toEqual([])
  const letter = await letterTo(danaPage, erik, /removed the access of Halden Systems/)
  expect(letter.text).toContain('The order went to somebody else.')
})

test('OR-079 OR-090 OR-091 the customer filter stands in the address: reload, Back and a shared link bring the same list', async () => {
  const { context, faults } = await openContext(demo.browser, demo.server.address)
  const page = await context.newPage()
  await signIn(page, 'priya@larkfield.example', '/requests')
  const every = await apiOf(page, '/records/service_request?state=open&limit=1')
  await page.getByText(`${every.total} of ${every.total} service requests`).waitFor()
  await page.getByLabel('Customer', { exact: true }).selectOption({ label: 'Beta Foods' })
  await page.waitForURL(/customer=/)
  const beta = await apiOf(page, `/records/service_request?state=open&limit=1&customer=${new URL(page.url()).searchParams.get('customer')}`)
  const counted = page.getByText(`${beta.total} of ${beta.total} service requests`)
  await counted.waitFor()
  const shared = page.url()
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('heading', { name: 'Conversation' }).waitFor()
  await page.goBack()
  await counted.waitFor()
  await page.reload()
  await counted.waitFor()
  const other = await context.newPage()
  await other.goto(shared)
  await other.getByText(`${beta.total} of ${beta.total} service requests`).waitFor()
  await other.getByLabel('Customer', { exact: true }).locator('option:checked', { hasText: 'Beta Foods' }).waitFor({ state: 'attached' })
  await context.close()
  expect(faults).toEqual([])
})

test('OR-077 OR-078 a partner opens a request for the customer that stands on the button, and cannot without one', async () => {
  const { context } = await openContext(demo.browser, demo.server.address)
  const page = await context.newPage()
  await signIn(page, 'priya@larkfield.example', '/requests/new')
  await page.getByLabel('Subject').fill('Freezer 4 warms up at night')
  await page.getByLabel('What happened?').fill('Since Thursday, between two and four.')
  await page.getByRole('button', { name: 'Open a service request' }).click()
  const missing = page.getByRole('alert').getByRole('link', { name: 'Choose the customer it is for' })
  await missing.click()
  expect(await page.getByLabel('For which customer?').evaluate((field) => field === document.activeElement)).toBe(true)
  await page.getByLabel('For which customer?').selectOption({ label: 'Beta Foods' })
  await page.getByRole('button', { name: 'Open for Beta Foods' }).click()
  await page.getByRole('heading', { name: 'Freezer 4 warms up at night', level: 1 }).waitFor()
  await page.getByText(/^SR-\d+ is open for Beta Foods\.$/).waitFor()
  await context.close()
})

test('OR-025 BX-01 giving everyone a level that widens waits for the tick, and then the preview has told the truth', async () => {
  await danaPage.setViewportSize({ width: 1280, height: 900 })
  await danaPage.goto('/partners/new')
  await danaPage.getByLabel('Partner').selectOption({ label: 'Bright Field IT' })
  await danaPage.getByLabel('Everyone at Bright Field IT').check()
  await danaPage.getByLabel('See all requests').check()
  await danaPage.getByLabel('Why?').fill('They look after the packing line.')
  const preview = danaPage.getByRole('heading', { name: 'What Bright Field IT will see' }).locator('xpath=ancestor::section')
  await preview.locator('dl').waitFor()
  await settled(danaPage)
  const promised = await preview.locator('dl div', { hasText: 'service requests' }).locator('dd').innerText()
  const give = danaPage.getByRole('button', { name: /^Give access until / })
  await danaPage.locator('button[aria-disabled=true]', { hasText: 'Give access until' }).waitFor()
  await give.click({ force: true })
  await danaPage.getByRole('alert').getByRole('link').click()
  await danaPage.keyboard.press('Space')
  await give.click()
  await danaPage.getByText(/^Everyone at Bright Field IT now has access: See all requests, until /).waitFor()
  const { context } = await openContext(demo.browser, demo.server.address)
  const page = await context.newPage()
  await signIn(page, 'lena@brightfield.example', '/requests?state=all')
  await page.getByText(new RegExp(`^${promised} of ${promised} service requests$`)).waitFor()
  await context.close()
})

test('no page of the journey asked another host, broke the content security policy or threw', () => {
  expect([...partner.faults, ...customer.faults]).toEqual([])
})
