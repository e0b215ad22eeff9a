// Which rows of a list are chosen for doing something to all of them.
import { useState } from 'react'

export function usePicking() {
  const [picked, setPicked] = useState<string[]>([])
  const pick = (id: string, on: boolean) => setPicked((before) => (on ? [...before, id] : before.filter((one) => one !== id)))
  return { picked, pick, clear: () => setPicked([]) }
}

export type Picking = ReturnType<typeof usePicking>
