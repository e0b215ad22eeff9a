// Me: who I am here, how the portal looks, where I am signed in, and my passkeys.
import { Button, useMantineColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../client/sign-in.ts'
import { api } from '../api.ts'
import { agoText, dayOfMoment } from '../dates.ts'
import { sessionsQuery } from '../queries.ts'
import { Choice } from '../ui/choice.tsx'
import { type Column, DataList } from '../ui/data-list.tsx'
import { Facts } from '../ui/facts.tsx'
import { TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { useMay, useMe } from '../who-is-here.ts'
import { Passkeys } from './passkeys.tsx'

export function MePage() {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <Page title={t('me.title')} actions={<SignOut />}>
      <Panel title={t('me.who')}>
        <Facts
          facts={[
            { word: t('me.name'), is: me.person.name },
            { word: t('me.email'), is: me.person.email },
            { word: t('me.company'), is: me.organization.name },
            { word: t('me.roles'), is: me.roles.map((role) => role.replaceAll('_', ' ')).join(', ') },
            { word: t('me.zone'), is: me.person.timeZone ?? me.organization.timeZone },
          ]}
        />
      </Panel>
      <Tools />
      <Panel title={t('me.sessions')}>
        <Sessions />
      </Panel>
      <Panel title={t('me.passkeys')}>
        <Passkeys />
      </Panel>
      <Look />
    </Page>
  )
}

/** The ways to what belongs to me and my company. */
function Tools() {
  const { t } = useTranslation()
  const may = useMay()
  const { side } = useMe().organization
  return (
    <Panel title={t('me.tools')}>
      <p>
        <TextLink to="/me/notifications">{t('notices.title')}</TextLink>
      </p>
      {may('access:give') ? (
        <p>
          <TextLink to="/partners">{t('partners.title')}</TextLink>
        </p>
      ) : null}
      {side === 'partner' && may('access:read') ? (
        <p>
          <TextLink to="/customers">{t('customers.title')}</TextLink>
        </p>
      ) : null}
    </Panel>
  )
}

/** A whole new page, so that nothing one has read stays in this one's memory. */
function leave() {
  location.assign('/sign-in')
}

function SignOut() {
  const { t } = useTranslation()
  const form = useSending({ send: () => api.me.signOut(), done: leave, leaves: true, failed: t('me.notSignedOut') })
  return (
    <>
      <Button variant="default" loading={form.sending} onClick={() => form.submit()}>
        {t('me.signOut')}
      </Button>
      <ErrorSummary problems={form.problems} />
    </>
  )
}

function Sessions() {
  const { t } = useTranslation()
  const query = useQuery(sessionsQuery)
  const form = useSending({ send: () => api.me.signOutEverywhere(), done: leave, leaves: true, failed: t('me.notSignedOut') })
  const columns: Column<Session>[] = [
    { key: 'where', label: t('me.where'), names: true, cell: (session) => deviceOf(session.userAgent) ?? t('me.unknownDevice') },
    { key: 'how', label: t('me.how'), cell: (session) => t(`me.hows.${session.how}`) },
    { key: 'since', label: t('me.since'), cell: (session) => dayOfMoment(session.createdAt) },
    { key: 'seen', label: t('me.seen'), cell: (session) => (session.current ? t('me.here') : agoText(session.lastSeenAt)) },
  ]
  return (
    <>
      <ErrorSummary problems={form.problems} />
      <Loaded query={query}>
        {({ items }) => (
          <>
            <DataList label={t('me.sessions')} columns={columns} rows={items} rowKey={(session) => session.id} />
            <Button variant="default" loading={form.sending} onClick={() => form.submit()}>
              {t('me.everywhere', { count: items.length })}
            </Button>
          </>
        )}
      </Loaded>
    </>
  )
}

/** "Firefox on Windows": enough to recognise one's own device. */
function deviceOf(userAgent: string | null): string | undefined {
  if (!userAgent) return undefined
  const browser = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'].find((name) => userAgent.includes(`${name}/`))
  const system = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS', 'Linux'].find((name) => userAgent.includes(name))
  return [browser?.replace('Edg', 'Edge').replace('OPR', 'Opera'), system].filter(Boolean).join(', ') || undefined
}

function Look() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  return (
    <Choice
      id="look"
      question={t('me.look')}
      value={colorScheme}
      onChange={(look) => setColorScheme(look === 'light' || look === 'dark' ? look : 'auto')}
      options={(['auto', 'light', 'dark'] as const).map((look) => ({ value: look, words: t(`me.looks.${look}`) }))}
    />
  )
}
