// What my firm gives to a customer so that it invites us: our partner ID, or a link that is shown once.
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Invitations } from '../../client/invitations.ts'
import { api } from '../api.ts'
import { dayOfMoment } from '../dates.ts'
import styles from '../forms/fields.module.css'
import { Facts } from '../ui/facts.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { useMay } from '../who-is-here.ts'

export function PartnerId({ id, links }: { id: string; links: Invitations['links'] }) {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <Panel title={t('invitations.byWhat')}>
      <p>{t('invitations.byWhatWords')}</p>
      <Facts facts={[{ word: t('invitations.partnerId'), is: <strong>{id}</strong> }]} />
      {may('invitation:offer') ? <Links links={links} /> : null}
    </Panel>
  )
}

function Links({ links }: { links: Invitations['links'] }) {
  const { t } = useTranslation()
  const [made, setMade] = useState<{ id: string; url: string } | null>(null)
  const making = useSending({ send: () => api.invitations.makeLink(), done: setMade, failed: t('invitations.linkNotMade') })
  return (
    <>
      <ErrorSummary problems={making.problems} />
      {made && links.some(({ id }) => id === made.id) ? (
        <TextInput
          id="link"
          label={t('invitations.link')}
          description={t('invitations.linkOnce')}
          value={made.url}
          readOnly
          mb="md"
          onFocus={(event) => event.currentTarget.select()}
        />
      ) : null}
      <Button variant="default" mb="md" loading={making.sending} onClick={() => making.submit()}>
        {t('invitations.makeLink')}
      </Button>
      {links.map((link) => (
        <OpenLink key={link.id} link={link} />
      ))}
    </>
  )
}

function OpenLink({ link }: { link: Invitations['links'][number] }) {
  const { t } = useTranslation()
  const made = dayOfMoment(link.madeAt)
  const ending = useSending({ send: () => api.invitations.endLink(link.id), failed: t('invitations.linkNotEnded') })
  return (
    <div className={styles.buttons}>
      <ErrorSummary problems={ending.problems} />
      <span>{t('invitations.openLink', { name: link.madeBy ?? '', made, until: dayOfMoment(link.expiresAt) })}</span>
      <Button
        variant="default"
        size="compact-md"
        loading={ending.sending}
        aria-label={t('invitations.endLinkOf', { made })}
        onClick={() => ending.submit()}
      >
        {t('invitations.endLink')}
      </Button>
    </div>
  )
}
