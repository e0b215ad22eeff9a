// For people who act for others: always says for whom, and locks the screen to one customer, so that nothing of another is seen over one's shoulder.
import { Button, NativeSelect } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from './api.ts'
import styles from './focus-bar.module.css'
import { queries, recordCustomersQuery } from './queries.ts'
import { useMe } from './who-is-here.ts'

const focusQuery = queryOptions({ queryKey: ['focus'], queryFn: () => api.focus.read() })

/** Everything that was read before belongs to the screen before: it is thrown away, and the first page is loaded anew. */
function startAnew(): void {
  queries.clear()
  location.assign('/')
}

export function FocusBar() {
  const { side } = useMe().organization
  const focus = useQuery({ ...focusQuery, enabled: side === 'partner' })
  if (side !== 'partner' || !focus.data) return null
  return focus.data.customer ? <Locked customer={focus.data.customer.name} /> : <Acting />
}

function Locked({ customer }: { customer: string }) {
  const { t } = useTranslation()
  const unlock = () => void api.focus.end().then(startAnew)
  return (
    <section className={`${styles.bar} ${styles.locked}`} aria-label={t('focus.label')}>
      <strong>{t('focus.only', { customer })}</strong>
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
