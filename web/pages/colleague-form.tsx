// One form for a colleague at a customer: ask for their access, let them in, or change and remove what they have.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ColleagueRow, ColleaguesAt } from '../../client/colleagues.ts'
import { api } from '../api.ts'
import { dayAfter, dayText, isDay, today } from '../dates.ts'
import { AccessField } from '../forms/access-field.tsx'
import { accessFieldId, checkDay } from '../forms/check-access.ts'
import { asSent, chosenOf, choseSomething, nothingChosen } from '../forms/chosen-access.ts'
import { EndDateField } from '../forms/end-date-field.tsx'
import styles from '../forms/fields.module.css'
import { ReasonField } from '../forms/reason-field.tsx'
import { sayDone } from '../ui/done-note.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { usePortal } from '../who-is-here.ts'

interface ColleagueFormProps {
  at: ColleaguesAt
  row: ColleagueRow
  onClose: () => void
}

function useColleagueForm({ at, row, onClose }: ColleagueFormProps) {
  const { t } = useTranslation()
  const portal = usePortal()
  const usual = dayAfter(today('UTC'), portal.term.default)
  const latest = at.letIn?.lastDay ?? usual
  const [access, setAccess] = useState(row.access ? chosenOf(row.access) : nothingChosen)
  const [endsOn, setEndsOn] = useState(row.access?.endsOn ?? (latest < usual ? latest : usual))
  const [reason, setReason] = useState('')
  const names = { name: row.person.name, customer: at.customer.name }
  const asks = row.action === 'request' || at.choice === 'ask'
  const chosen = { personId: row.person.id, ...asSent(portal, access) }
  const why = { endsOn, reason: reason.trim() }
  const form = useSending({
    send: async () => {
      if (row.action === 'request') await api.accessRequests.ask({ customerId: at.customer.id, items: [chosen], ...why })
      else await api.colleagues.letIn(at.customer.id, { ...chosen, ...why })
    },
    done: () => {
      onClose()
      sayDone(t(asks ? 'partnerContacts.asked' : 'partnerContacts.given', names))
    },
    check: () =>
      [
        !choseSomething(access) && { field: accessFieldId(portal), sentence: t('access.levelMissing') },
        ...checkDay(endsOn, t, undefined),
        !reason.trim() && { field: 'reason', sentence: t('partnerContacts.whyMissing') },
      ].filter((one) => one !== false),
    failed: t(asks ? 'partnerContacts.notAsked' : 'partnerContacts.notGiven'),
  })
  return { form, access, setAccess, endsOn, setEndsOn, reason, setReason, names, asks }
}

export function ColleagueForm(props: ColleagueFormProps) {
  const { row, onClose } = props
  const { t } = useTranslation()
  const portal = usePortal()
  const { form, access, setAccess, endsOn, setEndsOn, reason, setReason, names, asks } = useColleagueForm(props)
  const button = isDay(endsOn)
    ? t(asks ? 'partnerContacts.askButton' : 'partnerContacts.giveButton', { day: dayText(endsOn) })
    : t('partnerContacts.noDay')
  return (
    <Panel title={t(`partnerContacts.${row.action as 'request' | 'add' | 'edit'}Title`, names)}>
      <form onSubmit={form.submit} noValidate>
        <ErrorSummary problems={form.problems} />
        <AccessField
          id={accessFieldId(portal)}
          explained={false}
          question={t('partnerContacts.what', names)}
          value={access}
          onChange={setAccess}
          error={form.of('level') ?? form.of('rights') ?? form.of('items.0.level') ?? form.of('items.0.rights')}
        />
        <EndDateField value={endsOn} onChange={setEndsOn} zone={undefined} error={form.of('endsOn')} />
        <ReasonField
          label={t('partnerContacts.why')}
          description={t('partnerContacts.whyHelp')}
          value={reason}
          onChange={setReason}
          error={form.of('reason')}
        />
        <div className={styles.buttons}>
          <Button type="submit" loading={form.sending}>
            {button}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
        </div>
      </form>
      {row.action === 'edit' ? <TakeOut {...props} /> : null}
    </Panel>
  )
}

/** Removing acts at once: what it says is whose access it ends. */
function TakeOut({ at, row, onClose }: ColleagueFormProps) {
  const { t } = useTranslation()
  const { name } = row.person
  const form = useSending({
    send: () => api.colleagues.takeOut(at.customer.id, row.person.id),
    done: ({ left }) => {
      onClose()
      sayDone([t('partnerContacts.removed', { name }), ...left].join(' '))
    },
    failed: t('partnerContacts.notRemoved'),
  })
  return (
    <>
      <ErrorSummary problems={form.problems} />
      <Button mt="md" variant="outline" color="red" loading={form.sending} onClick={() => form.submit()}>
        {t('partnerContacts.remove', { name })}
      </Button>
    </>
  )
}
