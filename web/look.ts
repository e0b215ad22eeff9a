// Beginning and ending a look through somebody's eyes: everything read before belongs to other eyes, so the page is loaded anew; stopping leads back.
import { api } from './api.ts'
import { startAnew, startAnewAt } from './start-anew.ts'

/** Where the look began, in this tab alone. */
const began = 'latchkey-look-began'

/** Shows what they see. Throws `Problem` where the server says no, and then nothing has changed. */
export async function beginLook(partnerId: string, personId: string | null): Promise<void> {
  await api.looks.start(partnerId, personId)
  sessionStorage.setItem(began, location.pathname + location.search)
  startAnew()
}

/** Back to one's own screen, where one began; a look that was stopped meanwhile is none to stop. */
export async function endLook(): Promise<void> {
  await api.looks.stop().catch(() => undefined)
  const back = sessionStorage.getItem(began) ?? '/'
  sessionStorage.removeItem(began)
  startAnewAt(back)
}
