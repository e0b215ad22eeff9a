// The frame of a look through somebody's eyes: coloured, around every page, with the way out always in sight.
import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Look } from '../client/sign-in.ts'
import { timeText } from './dates.ts'
import { endLook } from './look.ts'
import styles from './look-frame.module.css'
import { meQuery, queries } from './queries.ts'
import { useMe } from './who-is-here.ts'

export function LookFrame({ children }: { children: ReactNode }) {
  const { looking } = useMe()
  if (!looking) return children
  return (
    <div className={styles.frame}>
      <LookBar look={looking} />
      {children}
    </div>
  )
}

function LookBar({ look }: { look: Look }) {
  const { t } = useTranslation()
  const [stopping, setStopping] = useState(false)
  useEnd(look.until)
  const stop = () => {
    setStopping(true)
    void endLook()
  }
  const { person, partner, customer, leftOut } = look
  return (
    <section className={styles.bar} aria-label={t('look.label')}>
      <div className={styles.words}>
        <strong>
          {person ? t('look.asPerson', { person: person.name, partner: partner.name }) : t('look.asAnybody', { partner: partner.name })}
        </strong>{' '}
        {t('look.only', { customer: customer.name, time: timeText(look.until) })}
        {leftOut.length > 0 ? ` ${t('look.leftOut', { kinds: leftOut.map(({ many }) => many).join(', ') })}` : null}
      </div>
      <Button size="compact-md" variant="white" color="dark" loading={stopping} onClick={stop}>
        {t('look.stop')}
      </Button>
    </section>
  )
}

/** Asks at the end of the look who is here: the server then says that it is over. */
function useEnd(until: string) {
  useEffect(() => {
    const timer = setTimeout(() => void queries.invalidateQueries({ queryKey: meQuery.queryKey }), Date.parse(until) - Date.now() + 1000)
    return () => clearTimeout(timer)
  }, [until])
}
