// A real Chromium for the journeys, and what people do in it again and again: sign in by the mailed code, read a letter.
import { setTimeout as wait } from 'node:timers/promises'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** What a page must never do: ask another host for something, break the content security policy, or throw. */
export interface Watched {
  readonly context: BrowserContext
  readonly faults: string[]
}

export async function openContext(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ baseURL: address, reducedMotion: 'reduce', timezoneId: 'Europe/Madrid', ...options })
  context.setDefaultTimeout(60_000)
  const faults: string[] = []
  context.on('request', (request) => {
    if (new URL(request.url()).origin !== address && !request.url().startsWith('data:')) faults.push(`asked another host: ${request.url()}`)
  })
  context.on('weberror', (error) => faults.push(`threw: ${String(error.error())}`))
  context.on('console', (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text())
  })
  return { context, faults }
}

/** When the page says that nothing of it is on the way any more. That the network is idle does not say it: a busy machine may not have begun to ask. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
}

export interface Letter {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** The newest letter to somebody whose subject fits, as the mailbox has it; waits for one that is not `before`. */
export async function letterTo(page: Page, to: string, subject: RegExp, before?: Letter): Promise<Letter> {
  const until = Date.now() + 60_000
  while (Date.now() < until) {
    const letter = await newestLetter(page, to, subject)
    if (letter && letter.id !== before?.id) return letter
    await wait(50)
  }
  throw new Error(`There is no new letter to ${to} about ${subject}.`)
}

async function newestLetter(page: Page, to: string, subject: RegExp): Promise<Letter | undefined> {
  const answer = await page.request.get(`/api/v1/letters?limit=100&to=${encodeURIComponent(to)}`)
  const { items } = (await answer.json()) as { items: Letter[] }
  const letter = items.find((one) => subject.test(one.subject))
  return letter && ((await (await page.request.get(`/api/v1/letters/${letter.id}`)).json()) as Letter)
}

/** Signs in as people do, on the way to a page. */
export async function signIn(page: Page, email: string, wanted = '/'): Promise<void> {
  await page.goto(wanted)
  await answerSignIn(page, email)
}

/** From the sign-in page on, with the code of the letter. */
export async function answerSignIn(page: Page, email: string): Promise<void> {
  const before = await newestLetter(page, email, /code/i)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await page.getByLabel('Code from the letter').waitFor()
  const letter = await letterTo(page, email, /code/i, before)
  await page.getByLabel('Code from the letter').fill(/\b\d{4}-\d{4}\b/.exec(letter.text)?.[0] ?? 'no code in the letter')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('link', { name: 'Need help?' }).waitFor()
}
