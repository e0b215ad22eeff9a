// Change what somebody may do in their organization, or let them go.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Contact, Gone, People } from '../../client/contacts.ts'
import { api } from '../api.ts'
import styles from '../forms/fields.module.css'
import { sayDone } from '../ui/done-note.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { type Held, RolesField } from './roles-field.tsx'

interface Changing {
  people: People
  contact: Contact
  onClose: () => void
}

export function ChangeRoles({ people, contact, onClose }: Changing) {
  const { t } = useTranslation()
  const { id, name } = contact
  const [held, setHeld] = useState<Held>({
    roles: contact.roles,
    siteRoles: contact.siteRoles.map(({ role, siteNo }) => ({ role, siteNo })),
  })
  const form = useSending({
    send: () => api.contacts.changeRoles(people.organization.id, id, held),
    done: () => {
      onClose()
      sayDone(t('people.changed', { name }))
    },
    failed: t('people.notChanged'),
  })
  return (
    <Panel title={t('people.changeTitle', { name })}>
      <ErrorSummary problems={form.problems} />
      <form onSubmit={form.submit} noValidate>
        <RolesField people={people} value={held} onChange={setHeld} error={form.of('roles') ?? form.of('siteRoles')} />
        <div className={styles.buttons}>
          <Button type="submit" loading={form.sending}>
            {t('people.changeButton', { name })}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}

export function LetGo({ people, contact, onClose, onGone }: Changing & { onGone: (gone: Gone) => void }) {
  const { t } = useTranslation()
  const { organization } = people
  const { id, name, state } = contact
  const form = useSending({
    send: () => api.contacts.disable(organization.id, id),
    done: (gone) => {
      sayDone(t('people.disabled', { name }))
      onGone(gone)
    },
    failed: t('people.notChanged'),
  })
  const words =
    state === 'written_down' ? 'people.disableWritten' : organization.side === 'customer' ? 'people.disableWords' : 'people.leaveWords'
  return (
    <Panel title={t('people.disableTitle', { name })} tone="care">
      <ErrorSummary problems={form.problems} />
      <form onSubmit={form.submit} noValidate>
        <p>{t(words, { name, organization: organization.name })}</p>
        <div className={styles.buttons}>
          <Button type="submit" color="red" loading={form.sending}>
            {t(organization.side === 'customer' ? 'people.disableButton' : 'people.leaveButton', { name })}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('people.keep', { name })}
          </Button>
        </div>
      </form>
    </Panel>
  )
}
