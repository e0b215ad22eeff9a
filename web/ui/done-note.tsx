// What was just done, said once at the top of the next page: in words that stay until one leaves, not in a toast.
import { IconCircleCheck } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import styles from './note.module.css'

let sentence: string | undefined
const listeners = new Set<() => void>()

/** Says it on the page that is shown now or next. */
export function sayDone(text: string | undefined) {
  sentence = text
  for (const listener of listeners) listener()
}

export function DoneNote() {
  const text = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => sentence,
  )
  return (
    <div role="status">
      {text ? (
        <div className={`${styles.note} ${styles.good}`}>
          <IconCircleCheck aria-hidden size={20} className={styles.icon} />
          <div>{text}</div>
        </div>
      ) : null}
    </div>
  )
}
