// Ask a customer for access: whom one asks, for whom, which level, until when and why. Never says whether the address is known.
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { dayAfter, dayText, isDay, today } from '../dates.ts'
import { AccessField } from '../forms/access-field.tsx'
import { type AskForm, addressesIn, checkAsk, itemsOf } from '../forms/ask-form.ts'
import { accessFieldId } from '../forms/check-access.ts'
import { accessName, type ChosenScope, chosenIn, counting, scopeOf, wholeCompany } from '../forms/chosen-access.ts'
import { EndDateField } from '../forms/end-date-field.tsx'
import { ForWhomField } from '../forms/for-whom-field.tsx'
import { FormColumns } from '../forms/form-columns.tsx'
import { ReasonField } from '../forms/reason-field.tsx'
import { ScopeField } from '../forms/scope-field.tsx'
import { grantsQuery } from '../queries.ts'
import { Empty } from '../ui/empty.tsx'
import { Facts } from '../ui/facts.tsx'
import { LinkButton, TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { type Result, Results, resultOf } from '../ui/many-at-once.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { useMe, usePortal } from '../who-is-here.ts'

const route = getRouteApi('/inside/customers/new')

export function AskForAccessPage() {
  const { t } = useTranslation()
  const [answer, setAnswer] = useState<Answered>()
  return (
    <Page
      title={t('ask.title')}
      lead={answer ? undefined : t('ask.lead')}
      above={<TextLink to="/customers">{t('customers.back')}</TextLink>}
    >
      {answer ? <AskedAnswer answer={answer} onAgain={() => setAnswer(undefined)} /> : <AskStart onAsked={setAnswer} />}
    </Page>
  )
}

/** What is said of one request, or of each of several. */
type Answered = string | { id: string; words: string; result: Result }[]

function AskedAnswer({ answer, onAgain }: { answer: Answered; onAgain: () => void }) {
  const { t } = useTranslation()
  return (
    <div role="status">
      <Empty
        action={
          <div style={{ display: 'flex', flexWrap: 'wrap', gap: '0.75rem' }}>
            <LinkButton to="/asked">{t('ask.seeAsked')}</LinkButton>
            <Button variant="default" onClick={onAgain}>
              {t('ask.another')}
            </Button>
          </div>
        }
      >
        {typeof answer === 'string' ? answer : <AskedEach answered={answer} />}
      </Empty>
    </div>
  )
}

function AskedEach({ answered }: { answered: Exclude<Answered, string> }) {
  return <Results parts={answered} results={Object.fromEntries(answered.map(({ id, result }) => [id, result]))} />
}

/** Asks one customer, or the addresses of several some at a time: each gets a request of its own. */
function useAsking(form: AskForm) {
  const { t } = useTranslation()
  const me = useMe()
  const portal = usePortal()
  const [done, setDone] = useState(0)
  const same = { items: itemsOf(portal, form, me.person.id), endsOn: form.endsOn, reason: form.reason.trim() }
  const addresses = form.customerId ? [] : addressesIn(form.email)
  const ask = async (): Promise<Answered> => {
    const whom = form.customerId ? { customerId: form.customerId } : { contactManagerEmail: form.email.trim() }
    if (addresses.length < 2) return (await api.accessRequests.ask({ ...whom, ...same })).sentence
    const answered: Exclude<Answered, string> = []
    while (answered.length < addresses.length) {
      const some = addresses.slice(answered.length, answered.length + 10)
      const { items } = await api.accessRequests.askMany(some.map((contactManagerEmail) => ({ contactManagerEmail, ...same })))
      for (const [at, id] of some.entries()) {
        const result = resultOf(items[at]?.problem ?? null, t('askMany.done', { number: items[at]?.asked?.number ?? '' }))
        answered.push({ id, words: id, result })
      }
      setDone(answered.length)
    }
    return answered
  }
  return { ask, done, count: addresses.length }
}

function useAskForm(scope: ChosenScope) {
  const me = useMe()
  const portal = usePortal()
  const search = route.useSearch()
  const others = search.person && search.person !== me.person.id
  const [form, setForm] = useState<AskForm>({
    email: search.email ?? '',
    customerId: search.customer,
    who: others ? 'people' : search.person ? 'me' : undefined,
    personIds: others && search.person ? [search.person] : [],
    access: chosenIn(portal, search.gives),
    accesses: {},
    scope,
    endsOn: dayAfter(today(me.organization.timeZone), portal.term.default),
    reason: search.reason ?? '',
  })
  return { form, change: (changes: Partial<AskForm>) => setForm((before) => ({ ...before, ...changes })) }
}

/** An access that is asked for once more covers what it covered, which has to be known before the form begins. */
function AskStart({ onAsked }: { onAsked: (answer: Answered) => void }) {
  const { like } = route.useSearch()
  const grants = useQuery({ ...grantsQuery('received'), enabled: like !== undefined })
  if (like === undefined) return <AskFormShown onAsked={onAsked} scope={wholeCompany} />
  return (
    <Loaded query={grants}>
      {({ items }) => <AskFormShown onAsked={onAsked} scope={scopeOf(items.find(({ id }) => id === like)?.scope ?? { kind: 'all' })} />}
    </Loaded>
  )
}

function AskFormShown({ onAsked, scope }: { onAsked: (answer: Answered) => void; scope: ChosenScope }) {
  const { t } = useTranslation()
  const portal = usePortal()
  const { form, change } = useAskForm(scope)
  const customer = useKnownCustomer(form.customerId)
  const asking = useAsking(form)
  const sending = useSending({
    send: asking.ask,
    done: onAsked,
    check: () => checkAsk(portal, form, t),
    failed: t('ask.failed'),
  })
  return (
    <>
      <ErrorSummary problems={sending.problems} />
      <FormColumns
        onSubmit={sending.submit}
        preview={<WhatIsAsked form={form} />}
        buttons={<AskButtons day={form.endsOn} sending={sending.sending} asking={asking} />}
      >
        <Whom form={form} change={change} error={sending.of('contactManagerEmail')} />
        <ForWhomField form={form} change={change} of={sending.of} />
        <AccessField
          id={accessFieldId(portal)}
          explained={false}
          question={t('ask.level')}
          value={form.access}
          onChange={(access) => change({ access, accesses: {} })}
          error={sending.of('level') ?? sending.of('rights')}
        />
        {customer ? (
          <ScopeField
            access={form.access}
            value={form.scope}
            onChange={(scope) => change({ scope })}
            error={sending.of('scope')}
            customer={customer}
          />
        ) : null}
        <EndDateField value={form.endsOn} onChange={(endsOn) => change({ endsOn })} zone={undefined} error={sending.of('endsOn')} />
        <ReasonField
          label={t('ask.why')}
          description={t('ask.whyHelp')}
          value={form.reason}
          onChange={(reason) => change({ reason })}
          error={sending.of('reason')}
        />
      </FormColumns>
    </>
  )
}

interface WhomProps {
  form: AskForm
  change: (changes: Partial<AskForm>) => void
  error: string | undefined
}

/** Somebody by an address that may be anybody's, or a customer that one knows. */
function Whom({ form, change, error }: WhomProps) {
  const { t } = useTranslation()
  if (form.customerId) return <KnownCustomer id={form.customerId} />
  return (
    <TextInput
      id="contactManagerEmail"
      type="text"
      inputMode="email"
      label={t('ask.email')}
      description={t('ask.emailHelp')}
      value={form.email}
      error={error}
      mb="lg"
      onChange={(event) => change({ email: event.currentTarget.value })}
    />
  )
}

/** A customer to which my firm has access is asked by its name. */
function useKnownCustomer(id: string | undefined) {
  const grants = useQuery({ ...grantsQuery('received'), enabled: id !== undefined }).data?.items ?? []
  return grants.find(({ customer }) => customer.id === id)?.customer
}

/** Whom one asks, and what one has there now: the request is a difference to that. */
function KnownCustomer({ id }: { id: string }) {
  const { t } = useTranslation()
  const grants = useQuery(grantsQuery('received')).data?.items ?? []
  const now = grants.filter((grant) => grant.customer.id === id && ['active', 'ending'].includes(grant.state))
  return (
    <Facts
      facts={[
        { word: t('access.customer'), is: now[0]?.customer.name ?? t('ui.loading') },
        {
          word: t('ask.now'),
          is: now.map((grant) => (
            <div key={grant.id}>
              {grant.person?.name ?? grant.group?.name ?? t('access.everyoneAt', { partner: grant.partner.name })}: {grant.gives},{' '}
              {t('asks.until', { day: dayText(grant.endsOn) })}
            </div>
          )),
        },
      ]}
    />
  )
}

interface AskButtonsProps {
  day: string
  sending: boolean
  asking: { done: number; count: number }
}

function AskButtons({ day, sending, asking: { done, count } }: AskButtonsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Button type="submit" loading={sending}>
        {isDay(day) ? t(count > 1 ? 'askMany.button' : 'ask.button', { count, day: dayText(day) }) : t('ask.buttonNoDay')}
      </Button>
      <LinkButton to="/customers" variant="default">
        {t('ui.cancel')}
      </LinkButton>
      <span role="status">{sending && count > 1 ? t('extend.progress', { done, count }) : ''}</span>
    </>
  )
}

/** From the asker's side there are no counts: only what it means, and what happens next. */
function WhatIsAsked({ form }: { form: AskForm }) {
  const { t } = useTranslation()
  const portal = usePortal()
  const { level, rights } = counting(portal, form.access)
  const asked = portal.levels.find(({ code }) => code === level)
  const name = accessName(portal, form.access)
  return (
    <Panel title={t('ask.preview')}>
      {name ? (
        <>
          <p>
            <strong>{name}</strong>
          </p>
          {asked && asked.can.length > 0 ? <p>{t('oneAccess.can', { list: asked.can.join(', ') })}</p> : null}
          {portal.rights
            .filter(({ code }) => rights.includes(code))
            .map((right) => (
              <p key={right.code}>{t('oneAccess.rightCan', { name: right.name, list: right.can.join(', ') })}</p>
            ))}
          {asked && asked.cannot.length > 0 ? <p>{t('oneAccess.cannot', { list: asked.cannot.join(', ') })}</p> : null}
        </>
      ) : (
        <p>{t('ask.previewHint')}</p>
      )}
      <p>{t('ask.next', { period: portal.lapseAfter })}</p>
    </Panel>
  )
}
