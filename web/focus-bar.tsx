// For people who act for others: always says for whom, and locks the screen to one customer, so that nothing of another is seen over one's shoulder.
import { Button, NativeSelect } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from './api.ts'
import styles from './focus-bar.module.css'
import { recordCustomersQuery } from './queries.ts'
import { startAnew } from './start-anew.ts'
import { TextLink } from './ui/links.tsx'
import { useMe } from './who-is-here.ts'

const focusQuery = queryOptions({ queryKey: ['focus'], queryFn: () => api.focus.read() })

export function FocusBar() {
  const { side } = useMe().organization
  const focus = useQuery(focusQuery)
  if (focus.data?.customer) return <Locked customer={focus.data.customer} />
  return focus.data && side === 'partner' ? <Acting /> : null
}

/** Whoever is locked sees it and gets out of it, of whichever side they are. */
function Locked({ customer }: { customer: { id: string; name: string } }) {
  const { t } = useTranslation()
  const unlock = () => void api.focus.end().then(startAnew)
  return (
    <section className={`${styles.bar} ${styles.locked}`} aria-label={t('focus.label')}>
      <strong>{t('focus.only', { customer: customer.name })}</strong>
      <TextLink to="/focus/$org" params={{ org: customer.id }}>
        {t('focus.bookmark')}
      </TextLink>
      <Button size="compact-md" variant="default" onClick={unlock}>
        {t('focus.unlock')}
      </Button>
    </section>
  )
}

function Acting() {
  const { t } = useTranslation()
  const { organization } = useMe()
  const customers = useQuery(recordCustomersQuery('read')).data?.items ?? []
  const [chosen, setChosen] = useState('')
  const lock = () => void api.focus.set(chosen).then(startAnew)
  return (
    <section className={styles.bar} aria-label={t('focus.label')}>
      <span>{t('focus.acting', { company: organization.name, count: customers.length })}</span>
      {customers.length > 0 ? (
        <span className={styles.choose}>
          <NativeSelect
            size="xs"
            aria-label={t('focus.choose')}
            value={chosen}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={[{ value: '', label: t('focus.choose') }, ...customers.map(({ id, name }) => ({ value: id, label: name }))]}
          />
          <Button size="compact-md" variant="default" disabled={chosen === ''} onClick={lock}>
            {t('focus.lock')}
          </Button>
        </span>
      ) : null}
    </section>
  )
}
