// The ways out of one access: its partner gives it up; where the customer removed it, the receipt, with Undo while it is time.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Grant } from '../../client/access.ts'
import { api } from '../api.ts'
import { sayDone } from '../ui/done-note.tsx'
import { TextLink } from '../ui/links.tsx'
import { Note } from '../ui/note.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { Undo } from './removal.tsx'

export function GiveUp({ grant }: { grant: Grant }) {
  const { t } = useTranslation()
  const [sure, setSure] = useState(false)
  const form = useSending({
    send: () => api.grants.relinquish(grant.id),
    done: ({ left }) => sayDone([t('oneAccess.gaveUp'), ...left].join(' ')),
    failed: t('oneAccess.notGivenUp'),
  })
  if (!sure)
    return (
      <Button variant="outline" color="red" onClick={() => setSure(true)}>
        {t('oneAccess.giveUp')}
      </Button>
    )
  return (
    <Note kind="care" title={t('oneAccess.giveUp')}>
      <ErrorSummary problems={form.problems} />
      <p>{t('oneAccess.giveUpSure', { customer: grant.customer.name })}</p>
      <Button color="red" loading={form.sending} onClick={() => form.submit()}>
        {t('oneAccess.giveUp')}
      </Button>
    </Note>
  )
}

export function Receipt({ grant }: { grant: Grant }) {
  const { t } = useTranslation()
  const query = useQuery({ queryKey: ['removals', grant.id], queryFn: () => api.removals.list({ grant: grant.id }) })
  const [removal] = query.data?.items ?? []
  if (!removal) return null
  return (
    <>
      <Undo removal={removal} />
      <p>
        <TextLink to="/removals/$id" params={{ id: removal.id }}>
          {t('oneAccess.receipt')}
        </TextLink>
      </p>
    </>
  )
}
