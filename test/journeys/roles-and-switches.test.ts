// The main job in portals of the other two shapes: roles that a partner's administrator fills groups for, and an Administrator with switches.
import type { Browser, Page } from 'playwright-core'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { launchBrowser, letterTo, openContext, settled, signIn, type Watched } from './browser.ts'
import { type DemoServer, startDemoServer } from './start-server.ts'

// A whole browser and server beside everything else that a small machine is asked to do.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 })

let browser: Browser | undefined
const servers: DemoServer[] = []
const watched: Watched[] = []

afterAll(async () => {
  await browser?.close()
  for (const server of servers) await server.stop()
})

async function start(portal: string): Promise<(email: string, path: string, width?: number) => Promise<Page>> {
  browser ??= await launchBrowser()
  const running = browser
  const server = await startDemoServer(portal)
  servers.push(server)
  return async (email, path, width = 1280) => {
    const one = await openContext(running, server.address, { viewport: { width, height: 900 } })
    watched.push(one)
    const page = await one.context.newPage()
    await signIn(page, email, path)
    return page
  }
}

/** The titles of the records of a kind, as the page lists them. */
async function listed(page: Page, kind: string): Promise<string[]> {
  await page.goto(`/requests?kind=${kind}&state=all`)
  await settled(page)
  return page.getByRole('main').getByRole('rowheader').allInnerTexts()
}

const harbour = 'Second number for the front desk'
const scanner = 'Scanner 7 restarts by itself'
const airport = 'Move of four phones to the new wing'

describe('roles of a telephony account', () => {
  test('MI-002 MI-012 MI-017 MI-018 MI-020 MI-022 MI-028 a Decision Maker enables a role for a partner, its administrator adds somebody, who sees that site alone, until it is disabled', async () => {
    const as = await start('telephony-account')
    const harriet = await as('harriet@lanternhotels.example', '/')
    await harriet.getByRole('link', { name: 'Partner Access' }).click()
    await harriet.getByText('Organization › Account › Groups').waitFor()
    await harriet.getByRole('main').getByRole('link', { name: 'Brightline Telecom' }).click()
    await harriet.getByRole('heading', { name: 'Authorize Partner: Brightline Telecom', level: 1 }).waitFor()
    await harriet.getByLabel('Phone Manager').check()
    await harriet.getByLabel('Only these sites').check()
    await harriet.getByLabel('Harbour hotel').check()
    await harriet.getByText('At the site Harbour hotel').waitFor()
    const save = harriet.getByRole('button', { name: 'Save the roles of Brightline Telecom' })
    await save.click()
    await harriet.getByRole('alert').getByText('Write at least one e-mail address').waitFor()
    await harriet.getByLabel('Notify of changes').fill('it@brightline.example, boss@brightline.example')
    await save.click()
    await harriet.getByText('Brightline Telecom now has: Phone Manager.').waitFor()
    for (const address of ['it@brightline.example', 'boss@brightline.example'])
      await letterTo(harriet, address, /^Lantern Hotels changed the access of Brightline Telecom$/)

    const dilan = await as('dilan@brightline.example', '/')
    expect(await listed(dilan, 'ticket')).toEqual([])
    const ines = await as('ines@brightline.example', '/groups', 390)
    await ines.getByRole('link', { name: 'Lantern Hotels Phone Manager' }).click()
    await ines.getByText('Nobody is in it, so nobody has this access.').waitFor()
    await ines.getByLabel('Dilan Kaya').check()
    await ines.getByRole('button', { name: 'Add 1 person to the group' }).click()
    await ines.getByRole('button', { name: 'Take out Dilan Kaya' }).waitFor()
    const told = await letterTo(harriet, 'harriet@lanternhotels.example', /Brightline Telecom added Dilan Kaya/)
    expect(told.text).toContain('Phone Manager')

    expect(await listed(dilan, 'ticket')).toEqual([harbour])
    expect(await listed(dilan, 'invoice')).toEqual([])
    await harriet.getByLabel('Phone Manager').uncheck()
    await save.click()
    await harriet.getByText('Brightline Telecom no longer has: Phone Manager.').waitFor()
    expect(await listed(dilan, 'ticket')).toEqual([])
    await ines.goto('/groups')
    await ines
      .getByRole('row', { name: /Lantern Hotels Phone Manager/ })
      .getByText(/^Ended /)
      .waitFor()
    expect(await listed(harriet, 'ticket')).toEqual(expect.arrayContaining([harbour, airport]))
  })
})

describe('switches of managed services', () => {
  test('CD-011 CD-016 CD-018 CD-019 BX-19 an administrator asks for a colleague with switches, the Primary user turns one off and approves, and takes it away again', async () => {
    const as = await start('managed-services')
    const bram = await as('bram@kestrel.example', '/customers/new')
    await bram.getByLabel('E-mail address of the customer’s contact manager').fill('wim@tessel.example')
    await bram.getByLabel('Some of my colleagues').check()
    await bram.getByLabel('Noor Haddad').check()
    await bram.getByRole('switch', { name: /^Administrator/ }).check({ force: true })
    expect(await bram.getByRole('switch', { name: /^Invoices/ }).isDisabled()).toBe(true)
    await bram.getByRole('switch', { name: /^Administrator/ }).uncheck({ force: true })
    for (const area of [/^Orders/, /^Support tickets/]) await bram.getByRole('switch', { name: area }).check({ force: true })
    await bram.getByLabel('Why?').fill('Noor joins the service desk.')
    await bram.getByRole('button', { name: /^Ask for access until / }).click()
    await bram.getByRole('status').filter({ hasText: 'wim@tessel.example' }).waitFor()

    const wim = await as('wim@tessel.example', '/', 390)
    const letter = await letterTo(wim, 'wim@tessel.example', /^Kestrel IT asks for access/)
    expect(letter.text).toContain('Orders + Support tickets')
    await wim.goto(/https?:\/\/\S+\/asks\/\S+/.exec(letter.text)?.[0] ?? '')
    await wim.getByRole('heading', { name: 'Kestrel IT asks for access', level: 1 }).waitFor()
    await wim.getByRole('button', { name: 'Change first…' }).click()
    await wim.getByRole('switch', { name: /^Orders/ }).uncheck({ force: true })
    await wim.getByText('With “Support tickets”').or(wim.getByText('What Kestrel IT will see')).first().waitFor()
    await wim.getByRole('button', { name: /^Approve until / }).click()
    await wim.getByText('Approved. Kestrel IT has access until').waitFor()
    await wim.getByText('Given instead: Support tickets').waitFor()

    const noor = await as('noor@kestrel.example', '/')
    expect(await listed(noor, 'ticket')).toContain(scanner)
    expect(await listed(noor, 'order')).not.toContain('Scanners for the night shift')
    await wim.goto('/partners')
    await wim
      .getByRole('row', { name: /Noor Haddad/ })
      .getByRole('link')
      .first()
      .click()
    await wim.getByRole('button', { name: 'Remove access…' }).click()
    await wim.getByRole('button', { name: 'Remove access for Noor Haddad' }).click()
    await wim.getByRole('heading', { name: 'What ended' }).waitFor()
    expect(await listed(noor, 'ticket')).not.toContain(scanner)
  })
})

test('no page of the journeys asked another host, broke the content security policy or threw', () => {
  expect(watched.flatMap(({ faults }) => faults)).toEqual([])
})
