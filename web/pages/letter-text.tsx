// A letter's plain text, with its own links made clickable. Nothing of it is treated as markup.
import { Fragment } from 'react'
import styles from './letter-text.module.css'

const address = /(https?:\/\/[^\s<>"]+)/

export function LetterText({ text }: { text: string }) {
  return (
    <div className={styles.text}>
      {text.split(address).map((part, index) => {
        const key = `${index} ${part}`
        if (!address.test(part)) return <Fragment key={key}>{part}</Fragment>
        const link = part.replace(/[.,;:)]+$/, '')
        return (
          <Fragment key={key}>
            <a href={link}>{link}</a>
            {part.slice(link.length)}
          </Fragment>
        )
      })}
    </div>
  )
}
