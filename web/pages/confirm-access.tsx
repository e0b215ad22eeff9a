// An access that was brought in from another system gives nothing until the customer says that it is right.
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Grant } from '../../client/access.ts'
import { api } from '../api.ts'
import { dayText } from '../dates.ts'
import { sayDone } from '../ui/done-note.tsx'
import { Note } from '../ui/note.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'

export function ConfirmAccess({ grant }: { grant: Grant }) {
  const { t } = useTranslation()
  const day = dayText(grant.endsOn)
  const form = useSending({
    send: () => api.grants.confirm(grant.id),
    done: () => sayDone(t('oneAccess.confirmed', { day })),
    failed: t('oneAccess.notConfirmed'),
  })
  return (
    <>
      <ErrorSummary problems={form.problems} />
      <Note kind="news" title={t('oneAccess.imported')}>
        <p>{t('oneAccess.importedWords')}</p>
        {grant.abilities['confirm'] ? (
          <Button mt="xs" loading={form.sending} onClick={() => form.submit()}>
            {t('oneAccess.confirm', { day })}
          </Button>
        ) : null}
      </Note>
    </>
  )
}
