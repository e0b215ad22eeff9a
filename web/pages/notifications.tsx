// What I get by mail, customer by customer: at once, in the daily digest, or, where it may be declined, not at all. For me alone.
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { NoticesAtCustomer, OfferedNotice, Way } from '../../client/notices.ts'
import { api } from '../api.ts'
import { noticesQuery } from '../queries.ts'
import { sayDone } from '../ui/done-note.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { useMe } from '../who-is-here.ts'
import styles from './list-filters.module.css'

export function NotificationsPage() {
  const { t } = useTranslation()
  const company = useMe().organization.name
  const query = useQuery(noticesQuery)
  const hour = `${query.data?.digest.hour ?? 7}:00`
  return (
    <Page title={t('notices.title')} lead={t('notices.lead', { company, hour })}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('notices.none')}</Empty>
          ) : (
            items.map((at) => (
              <Panel key={at.customer.id} title={at.customer.name}>
                {at.notices.map((notice) => (
                  <OneNotice key={notice.code} customer={at.customer} notice={notice} />
                ))}
              </Panel>
            ))
          )
        }
      </Loaded>
    </Page>
  )
}

/** Saved as soon as it is chosen; what the server says afterwards is what is shown. */
function OneNotice({ customer, notice }: { customer: NoticesAtCustomer['customer']; notice: OfferedNotice }) {
  const { t } = useTranslation()
  const wanted = useRef<Way>(notice.way)
  const words = { notice: notice.name, customer: customer.name }
  const form = useSending({
    send: () => api.notices.choose(customer.id, notice.code, wanted.current),
    done: ({ notices }) => {
      const way = notices.find(({ code }) => code === notice.code)?.way ?? wanted.current
      sayDone(t('notices.saved', { ...words, way: t(`notices.ways.${way}`) }))
    },
    failed: t('notices.notSaved'),
  })
  const choose = (way: string) => {
    wanted.current = notice.ways.find((one) => one === way) ?? notice.way
    form.submit()
  }
  return (
    <div className={styles.waiting}>
      <div>
        <p>{notice.name}</p>
        <p className={styles.quiet}>
          {notice.says} {notice.chosen ? t('notices.chosen') : null} {notice.ways.includes('none') ? null : t('notices.kept')}
        </p>
        <ErrorSummary problems={form.problems} />
      </div>
      <NativeSelect
        aria-label={t('notices.label', words)}
        value={form.sending ? wanted.current : notice.way}
        disabled={form.sending}
        onChange={(event) => choose(event.currentTarget.value)}
        data={notice.ways.map((way) => ({ value: way, label: t(`notices.ways.${way}`) }))}
      />
    </div>
  )
}
