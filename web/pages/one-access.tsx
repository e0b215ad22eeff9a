// One access: what it is, since when and why, and what may be done with it: change, extend, remove, confirm, give again.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Grant } from '../../client/access.ts'
import { dayText, momentText } from '../dates.ts'
import { chosenOf, codesOf } from '../forms/chosen-access.ts'
import { grantQuery } from '../queries.ts'
import { Facts } from '../ui/facts.tsx'
import { LinkButton, TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Note } from '../ui/note.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { useMay, useMe, usePortal } from '../who-is-here.ts'
import { ChangeAccess } from './change-access.tsx'
import { ConfirmAccess } from './confirm-access.tsx'
import { GiveUp, Receipt } from './grant-ways-out.tsx'
import { GrantChip, useWho } from './grant-words.tsx'
import { LookThrough } from './look-through.tsx'
import { Absent } from './not-found.tsx'
import { RemoveAccess } from './remove-access.tsx'

const route = getRouteApi('/inside/access/$id')

export function OneAccessPage() {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const query = useQuery(grantQuery(id))
  return (
    <Loaded query={query} absent={<Absent title={t('oneAccess.absent')} />}>
      {(grant) => <OneAccess grant={grant} />}
    </Loaded>
  )
}

type Doing = 'change' | 'remove' | undefined

function OneAccess({ grant }: { grant: Grant }) {
  const { t } = useTranslation()
  const received = useMe().organization.side !== 'customer'
  const [doing, setDoing] = useState<Doing>()
  const title = grant.person
    ? t('oneAccess.titlePerson', { person: grant.person.name, customer: grant.customer.name })
    : t('oneAccess.titleFirm', { partner: grant.partner.name, customer: grant.customer.name })
  const back = <TextLink to={received ? '/customers' : '/partners'}>{received ? t('customers.back') : t('partners.back')}</TextLink>
  return (
    <Page title={title} above={back} lead={<GrantChip grant={grant} />}>
      {grant.state === 'unconfirmed' ? <ConfirmAccess grant={grant} /> : null}
      {grant.usedInstead ? <Note kind="news">{grant.usedInstead}</Note> : null}
      <AccessFacts grant={grant} />
      {doing === 'change' ? <ChangeAccess grant={grant} onClose={() => setDoing(undefined)} /> : null}
      {doing === 'remove' ? <RemoveAccess grant={grant} onClose={() => setDoing(undefined)} /> : null}
      {grant.state === 'removed' && !received ? <Receipt grant={grant} /> : null}
      {doing ? null : <Doables grant={grant} onDo={setDoing} />}
    </Page>
  )
}

function AccessFacts({ grant }: { grant: Grant }) {
  const { t } = useTranslation()
  const who = useWho()
  const { ended } = grant
  return (
    <Panel>
      <Facts
        facts={[
          { word: t('access.customer'), is: grant.customer.name },
          { word: t('access.partner'), is: grant.partner.name },
          { word: t('access.whoShort'), is: grant.person ? `${grant.person.name} (${grant.person.email})` : who(grant) },
          { word: t('access.mayShort'), is: <GivesWords grant={grant} /> },
          { word: t('access.endsOn'), is: t('oneAccess.until', { day: dayText(grant.endsOn), zone: grant.customer.timeZone }) },
          grant.reason ? { word: t('access.why'), is: grant.reason } : null,
          { word: t('oneAccess.given'), is: <GivenBy grant={grant} /> },
          { word: t('partners.used'), is: grant.lastUsedAt ? momentText(grant.lastUsedAt) : t('partners.never') },
          ended && { word: t('oneAccess.endedAt'), is: [momentText(ended.at), ended.by?.name, ended.reason].filter(Boolean).join(' · ') },
        ]}
      />
    </Panel>
  )
}

/** What it gives, and what that means: the level's can and cannot, or what each role or right lets them do. */
function GivesWords({ grant }: { grant: Grant }) {
  const { t } = useTranslation()
  const portal = usePortal()
  const level = portal.levels.find(({ code }) => code === grant.level)
  const rights = portal.rights.filter(({ code }) => grant.rights.includes(code))
  return (
    <>
      <strong>{grant.gives}</strong>
      {level && level.can.length > 0 ? <div>{t('oneAccess.can', { list: level.can.join(', ') })}</div> : null}
      {rights.map(({ code, name, can }) => (
        <div key={code}>{t('oneAccess.rightCan', { name, list: can.join(', ') })}</div>
      ))}
      {level && level.cannot.length > 0 ? <div>{t('oneAccess.cannot', { list: level.cannot.join(', ') })}</div> : null}
    </>
  )
}

function GivenBy({ grant }: { grant: Grant }) {
  const { t } = useTranslation()
  const may = useMay()
  const words = grant.givenBy
    ? t('oneAccess.givenBy', { name: grant.givenBy.name, when: momentText(grant.givenAt) })
    : momentText(grant.givenAt)
  return (
    <>
      {words} · {grant.number}{' '}
      {grant.requestId && may('access_request:read') ? (
        <TextLink to="/asks/$id" params={{ id: grant.requestId }}>
          {t('oneAccess.request')}
        </TextLink>
      ) : null}
    </>
  )
}

function Doables({ grant, onDo }: { grant: Grant; onDo: (doing: Doing) => void }) {
  const { t } = useTranslation()
  const may = useMay()
  const side = useMe().organization.side
  const { change, remove, giveAgain } = grant.abilities
  const again = {
    partner: grant.partner.id,
    gives: codesOf(chosenOf(grant)),
    ...(grant.person ? { person: grant.person.id } : {}),
  }
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: '0.75rem' }}>
      {change ? (
        <Button variant={grant.state === 'unconfirmed' ? 'default' : 'filled'} onClick={() => onDo('change')}>
          {t('oneAccess.change')}
        </Button>
      ) : null}
      {remove ? (
        <Button variant="outline" color="red" onClick={() => onDo('remove')}>
          {t('oneAccess.remove')}
        </Button>
      ) : null}
      {remove ? (
        <LinkButton to="/partners/$id/remove" params={{ id: grant.partner.id }} variant="subtle" color="red">
          {t('oneAccess.removeAll', { partner: grant.partner.name })}
        </LinkButton>
      ) : null}
      {!grant.group && ['active', 'ending'].includes(grant.state) ? <LookThrough partner={grant.partner} person={grant.person} /> : null}
      {grant.abilities['relinquish'] ? <GiveUp grant={grant} /> : null}
      {giveAgain ? (
        <LinkButton to="/partners/new" search={again}>
          {t('oneAccess.giveAgain')}
        </LinkButton>
      ) : null}
      {side === 'partner' && may('access_request:ask_for_self') ? (
        <LinkButton to="/customers/new" search={alike(grant)}>
          {t('oneAccess.askAgain')}
        </LinkButton>
      ) : null}
    </div>
  )
}

/** The same once more, for a form to begin with. */
const alike = (grant: Grant): { customer?: string; like?: string; gives: string; person?: string } => ({
  ...(['active', 'ending'].includes(grant.state) ? { customer: grant.customer.id, like: grant.id } : {}),
  gives: codesOf(chosenOf(grant)),
  ...(grant.person ? { person: grant.person.id } : {}),
})
