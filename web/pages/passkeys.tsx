// My passkeys: to sign in without waiting for a mail.
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Passkey } from '../../client/sign-in.ts'
import { api } from '../api.ts'
import { agoText, dayOfMoment } from '../dates.ts'
import { passkeysQuery } from '../queries.ts'
import { sayDone } from '../ui/done-note.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import styles from './list-filters.module.css'

export function Passkeys() {
  const { t } = useTranslation()
  const query = useQuery(passkeysQuery)
  return (
    <>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.quiet}>{t('me.noPasskeys')}</p>
          ) : (
            items.map((passkey) => <OnePasskey key={passkey.id} passkey={passkey} />)
          )
        }
      </Loaded>
      <AddPasskey />
    </>
  )
}

function OnePasskey({ passkey }: { passkey: Passkey }) {
  const { t } = useTranslation()
  const form = useSending({
    send: () => api.me.removePasskey(passkey.id),
    done: () => sayDone(t('me.passkeyRemoved', { name: passkey.name })),
    failed: t('me.passkeyNotRemoved'),
  })
  const used = passkey.lastUsedAt ? t('me.passkeyUsed', { ago: agoText(passkey.lastUsedAt) }) : t('me.passkeyNeverUsed')
  return (
    <div className={styles.waiting}>
      <div>
        <p>{passkey.name}</p>
        <p className={styles.quiet}>{t('me.passkeySince', { day: dayOfMoment(passkey.createdAt), used })}</p>
        <ErrorSummary problems={form.problems} />
      </div>
      <Button
        variant="default"
        size="compact-md"
        loading={form.sending}
        onClick={() => form.submit()}
        aria-label={t('me.removePasskeyNamed', { name: passkey.name })}
      >
        {t('me.removePasskey')}
      </Button>
    </div>
  )
}

function AddPasskey() {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const form = useSending({
    send: async () => {
      const { startRegistration } = await import('@simplewebauthn/browser')
      const options = (await api.me.passkeyChallenge()) as Parameters<typeof startRegistration>[0]['optionsJSON']
      return api.me.addPasskey(name.trim(), await startRegistration({ optionsJSON: options }))
    },
    done: () => {
      sayDone(t('me.passkeyAdded', { name: name.trim() }))
      setName('')
    },
    check: () => (name.trim() ? [] : [{ field: 'passkeyName', sentence: t('me.passkeyNameMissing') }]),
    failed: t('me.passkeyNotAdded'),
  })
  return (
    <form onSubmit={form.submit} noValidate>
      <ErrorSummary problems={form.problems} />
      <TextInput
        id="passkeyName"
        label={t('me.passkeyName')}
        description={t('me.passkeyNameHelp')}
        value={name}
        maxLength={100}
        error={form.of('passkeyName')}
        my="sm"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={form.sending}>
        {t('me.addPasskey')}
      </Button>
    </form>
  )
}
