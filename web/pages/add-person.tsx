// Add somebody to the people of an organization: to sign in, or only written down.
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { People } from '../../client/contacts.ts'
import { api } from '../api.ts'
import styles from '../forms/fields.module.css'
import { Choice } from '../ui/choice.tsx'
import { sayDone } from '../ui/done-note.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { type Held, RolesField } from './roles-field.tsx'

export function AddPerson({ people, onClose }: { people: People; onClose: () => void }) {
  const { t } = useTranslation()
  const { organization } = people
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [signsIn, setSignsIn] = useState(true)
  const [held, setHeld] = useState<Held>({ roles: plainRole(people), siteRoles: [] })
  const form = useSending({
    send: () => api.contacts.add(organization.id, { name, email, signsIn, ...(signsIn ? held : { roles: [] }) }),
    check: () => [
      ...(name.trim() ? [] : [{ field: 'name', sentence: t('people.nameMissing') }]),
      ...(email.trim() ? [] : [{ field: 'email', sentence: t('people.emailMissing') }]),
    ],
    done: () => {
      onClose()
      sayDone(t(signsIn ? 'people.added' : 'people.writtenDown', { name: name.trim(), email: email.trim() }))
    },
    failed: t('people.notAdded'),
  })
  return (
    <Panel title={t('people.addTitle', { name: organization.name })}>
      <ErrorSummary problems={form.problems} />
      <form onSubmit={form.submit} noValidate>
        <TextInput
          id="name"
          label={t('people.name')}
          value={name}
          error={form.of('name')}
          mb="md"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          id="email"
          type="email"
          label={t('people.email')}
          value={email}
          error={form.of('email')}
          mb="md"
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        {organization.side === 'customer' ? (
          <Choice
            id="signs-in"
            question={t('people.signsIn')}
            value={signsIn ? 'yes' : 'no'}
            onChange={(value) => setSignsIn(value === 'yes')}
            options={[
              { value: 'yes', words: t('people.signsInYes'), help: t('people.signsInYesHelp') },
              { value: 'no', words: t('people.signsInNo'), help: t('people.signsInNoHelp') },
            ]}
          />
        ) : null}
        {signsIn ? <RolesField people={people} value={held} onChange={setHeld} error={form.of('roles') ?? form.of('siteRoles')} /> : null}
        <div className={styles.buttons}>
          <Button type="submit" loading={form.sending}>
            {t(signsIn ? 'people.addButton' : 'people.writeDownButton')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}

/** The first role that makes nobody an administrator is the usual one. */
const plainRole = ({ roles }: People): string[] =>
  roles
    .filter(({ administrator }) => !administrator)
    .slice(0, 1)
    .map(({ role }) => role)
