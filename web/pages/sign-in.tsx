// Sign in: an address, then the code that was mailed to it; or a passkey. Says the same whether or not the address is known.
import { Button, TextInput } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { Brand } from '../brand.tsx'
import { portalQuery, queries } from '../queries.ts'
import { TextLink } from '../ui/links.tsx'
import { Note } from '../ui/note.tsx'
import { Outside } from '../ui/outside.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { DemoPeople } from './demo-people.tsx'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const { t } = useTranslation()
  const { email = '' } = route.useSearch()
  const [sentTo, setSentTo] = useState<string>()
  return (
    <Outside brand={<Brand />}>
      <Page title={t('signIn.title')}>
        <Panel>
          {sentTo ? <CodeStep email={sentTo} onBack={() => setSentTo(undefined)} /> : <AddressStep start={email} onSent={setSentTo} />}
        </Panel>
        <DemoPeople />
      </Page>
    </Outside>
  )
}

/** Back to where one wanted to go. Only an address of this portal is followed. */
function useArrive() {
  const { next } = route.useSearch()
  const navigate = useNavigate()
  return () => {
    queries.clear()
    return navigate({ href: next?.startsWith('/') && !/^\/[/\\]/.test(next) ? next : '/', replace: true })
  }
}

function AddressStep({ start, onSent }: { start: string; onSent: (email: string) => void }) {
  const { t } = useTranslation()
  const [email, setEmail] = useState(start)
  const form = useSending({
    send: () => api.signIn.requestCode(email.trim()),
    done: () => onSent(email.trim()),
    check: () => (email.includes('@') ? [] : [{ field: 'email', sentence: t('signIn.emailMissing') }]),
    failed: t('signIn.codeNotSent'),
  })
  return (
    <>
      <ErrorSummary problems={form.problems} />
      <form onSubmit={form.submit} noValidate>
        <TextInput
          id="email"
          type="email"
          autoComplete="username webauthn"
          label={t('signIn.email')}
          description={t('signIn.emailHelp')}
          value={email}
          error={form.of('email')}
          onChange={(event) => setEmail(event.currentTarget.value)}
          mb="md"
        />
        <Button type="submit" fullWidth loading={form.sending}>
          {t('signIn.sendCode')}
        </Button>
      </form>
      <PasskeyButton />
    </>
  )
}

function PasskeyButton() {
  const { t } = useTranslation()
  const arrive = useArrive()
  const form = useSending({
    send: async () => {
      const { startAuthentication } = await import('@simplewebauthn/browser')
      const options = (await api.signIn.passkeyChallenge()) as Parameters<typeof startAuthentication>[0]['optionsJSON']
      return api.signIn.withPasskey(await startAuthentication({ optionsJSON: options }))
    },
    done: arrive,
    failed: t('signIn.passkeyFailed'),
  })
  return (
    <>
      <Button
        variant="default"
        fullWidth
        mt="sm"
        leftSection={<IconFingerprint aria-hidden size={18} />}
        loading={form.sending}
        onClick={() => form.submit()}
      >
        {t('signIn.withPasskey')}
      </Button>
      <Said>{form.problems[0]?.sentence}</Said>
    </>
  )
}

function Said({ children }: { children: ReactNode }) {
  return <div role="status">{children ? <Note kind="bad">{children}</Note> : null}</div>
}

function CodeStep({ email, onBack }: { email: string; onBack: () => void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const arrive = useArrive()
  const form = useSending({
    send: () => api.signIn.withCode(email, code.replaceAll(/\s/g, '')),
    done: arrive,
    check: () => (code.trim() ? [] : [{ field: 'code', sentence: t('signIn.codeMissing') }]),
    failed: t('signIn.notSignedIn'),
  })
  return (
    <>
      <ErrorSummary problems={form.problems} />
      <p style={{ marginTop: 0 }}>{t('signIn.codeSent', { email })}</p>
      <WhereLettersAre />
      <form onSubmit={form.submit} noValidate>
        <TextInput
          id="code"
          label={t('signIn.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          value={code}
          error={form.of('code')}
          onChange={(event) => setCode(event.currentTarget.value)}
          mb="md"
        />
        <Button type="submit" fullWidth loading={form.sending}>
          {t('signIn.signIn')}
        </Button>
      </form>
      <Button variant="subtle" fullWidth mt="sm" onClick={onBack}>
        {t('signIn.otherAddress')}
      </Button>
    </>
  )
}

function WhereLettersAre() {
  const { t } = useTranslation()
  const { mail } = useSuspenseQuery(portalQuery).data
  if (mail !== 'held') return null
  return (
    <Note kind="news">
      <p>{t('signIn.mailHeld')}</p>
      <TextLink to="/mailbox" target="_blank">
        {t('signIn.openMailbox')}
      </TextLink>
    </Note>
  )
}
