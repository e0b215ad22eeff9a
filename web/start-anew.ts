// Another screen begins: everything that was read before belongs to the screen before, in this tab, in others, and in what the browser keeps for Back.
import { queries } from './queries.ts'

const tabs = new BroadcastChannel('latchkey-screen')

/** After the screen was locked or unlocked. Leaves no page behind to which Back would lead. */
export const startAnew = (): void => startAnewAt('/')

/** The same with another page first, after one began or stopped to look through somebody's eyes. */
export function startAnewAt(at: string): void {
  tabs.postMessage('anew')
  load(at)
}

/** Other tabs begin anew with this one, and a page that the browser had kept as it was is loaded again. */
export function followScreen(): void {
  tabs.onmessage = () => load('/')
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload()
  })
}

function load(at: string): void {
  queries.clear()
  location.replace(at)
}
