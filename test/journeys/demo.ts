// The program with its demo world and a browser, for all tests of a journey's file: started before the first, stopped after the last.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, vi } from 'vitest'
import { launchBrowser } from './browser.ts'
import { type DemoServer, startDemoServer } from './start-server.ts'

/** There from the first test (or a later `beforeAll`) on. */
export interface Demo {
  readonly server: DemoServer
  readonly browser: Browser
}

export function demoOf(portal?: string): Demo {
  // A whole browser and server beside everything else that a small machine is asked to do.
  vi.setConfig({ testTimeout: 600_000, hookTimeout: 240_000 })
  let server: DemoServer | undefined
  let browser: Browser | undefined
  beforeAll(async () => {
    ;[server, browser] = await Promise.all([startDemoServer(portal), launchBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })
  const started = <T>(one: T | undefined): T => {
    if (one === undefined) throw new Error('The demo is not started yet.')
    return one
  }
  return {
    get server() {
      return started(server)
    },
    get browser() {
      return started(browser)
    },
  }
}
