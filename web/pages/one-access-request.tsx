// One request for access: who asks, what they would see, and the answer. The link of the letter leads here and changes nothing.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../client/access-requests.ts'
import { api } from '../api.ts'
import { dayText } from '../dates.ts'
import { chosenOf, codesOf } from '../forms/chosen-access.ts'
import { accessRequestQuery } from '../queries.ts'
import { sayDone } from '../ui/done-note.tsx'
import { LinkButton, TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { useMe } from '../who-is-here.ts'
import { AnswerRequest } from './answer-request.tsx'
import { FirstApproval } from './first-approval.tsx'
import { Absent } from './not-found.tsx'
import { RequestChip, RequestFacts } from './request-words.tsx'

const route = getRouteApi('/inside/asks/$id')

export function OneAccessRequestPage() {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const query = useQuery(accessRequestQuery(id))
  return (
    <Loaded query={query} absent={<Absent title={t('oneAsk.absent')} />}>
      {(request) => <OneRequest key={request.id} request={request} />}
    </Loaded>
  )
}

function OneRequest({ request }: { request: AccessRequest }) {
  const { t } = useTranslation()
  const asked = useMe().organization.id === request.partner.id
  const back = <TextLink to={asked ? '/asked' : '/asks'}>{t(asked ? 'asked.back' : 'asks.back')}</TextLink>
  const title = asked
    ? t('oneAsk.titleAsked', { to: request.customer?.name ?? request.addressedTo })
    : t('oneAsk.title', { partner: request.partner.name })
  return (
    <Page title={title} above={back} lead={<Lead request={request} />}>
      <FirstApproval request={request} />
      {request.abilities['approve'] ? <AnswerRequest request={request} /> : <Answered request={request} />}
    </Page>
  )
}

function Lead({ request }: { request: AccessRequest }) {
  const { t } = useTranslation()
  return (
    <>
      <RequestChip request={request} /> {request.number}
      {request.state === 'waiting' ? `. ${t('oneAsk.lapses', { day: dayText(request.lapsesOn) })}` : null}
    </>
  )
}

function Answered({ request }: { request: AccessRequest }) {
  const { t } = useTranslation()
  return (
    <>
      <Panel>
        <RequestFacts request={request} />
      </Panel>
      {request.abilities['withdraw'] ? <Withdraw request={request} /> : null}
      {request.state === 'lapsed' || request.state === 'denied' ? <AskAgain request={request} /> : null}
      {request.state === 'approved' && request.customer ? (
        <LinkButton to="/partners" variant="default">
          {t('asks.seePartners')}
        </LinkButton>
      ) : null}
    </>
  )
}

function Withdraw({ request }: { request: AccessRequest }) {
  const { t } = useTranslation()
  const form = useSending({
    send: () => api.accessRequests.withdraw(request.id),
    done: () => sayDone(t('oneAsk.withdrawn', { number: request.number })),
    failed: t('oneAsk.notWithdrawn'),
  })
  return (
    <>
      <ErrorSummary problems={form.problems} />
      <Button variant="default" loading={form.sending} onClick={() => form.submit()}>
        {t('oneAsk.withdraw', { number: request.number })}
      </Button>
    </>
  )
}

export function AskAgain({ request }: { request: AccessRequest }) {
  const { t } = useTranslation()
  const me = useMe()
  if (me.organization.id !== request.partner.id) return null
  const [first] = request.items
  return (
    <LinkButton
      to="/customers/new"
      search={{ email: request.addressedTo, reason: request.reason, ...(first ? { gives: codesOf(chosenOf(first)) } : {}) }}
      variant="default"
      aria-label={t('asked.againOf', { number: request.number })}
    >
      {t('asked.again')}
    </LinkButton>
  )
}
