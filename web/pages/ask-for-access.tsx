// Ask a customer for access: whom one asks, for whom, which level, until when and why. Never says whether the address is known.
import { Button, Textarea, TextInput } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { dayAfter, dayText, isDay, today } from '../dates.ts'
import { type AskForm, checkAsk, itemsOf } from '../forms/ask-form.ts'
import { EndDateField } from '../forms/end-date-field.tsx'
import { ForWhomField } from '../forms/for-whom-field.tsx'
import { FormColumns } from '../forms/form-columns.tsx'
import { LevelField } from '../forms/level-field.tsx'
import { Empty } from '../ui/empty.tsx'
import { LinkButton, TextLink } from '../ui/links.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { useLevel, useMe, usePortal } from '../who-is-here.ts'

const route = getRouteApi('/inside/customers/new')

export function AskForAccessPage() {
  const { t } = useTranslation()
  const [answer, setAnswer] = useState<string>()
  return (
    <Page
      title={t('ask.title')}
      lead={answer ? undefined : t('ask.lead')}
      above={<TextLink to="/customers">{t('customers.back')}</TextLink>}
    >
      {answer ? <AskedAnswer sentence={answer} onAgain={() => setAnswer(undefined)} /> : <AskFormShown onAsked={setAnswer} />}
    </Page>
  )
}

function AskedAnswer({ sentence, onAgain }: { sentence: string; onAgain: () => void }) {
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
        {sentence}
      </Empty>
    </div>
  )
}

function useAskForm() {
  const me = useMe()
  const { term } = usePortal()
  const search = route.useSearch()
  const others = search.person && search.person !== me.person.id
  const [form, setForm] = useState<AskForm>({
    email: search.email ?? '',
    who: others ? 'people' : search.person ? 'me' : undefined,
    personIds: others && search.person ? [search.person] : [],
    level: search.level,
    levels: {},
    endsOn: dayAfter(today(me.organization.timeZone), term.default),
    reason: search.reason ?? '',
  })
  return { form, change: (changes: Partial<AskForm>) => setForm((before) => ({ ...before, ...changes })) }
}

function AskFormShown({ onAsked }: { onAsked: (sentence: string) => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const { form, change } = useAskForm()
  const sending = useSending({
    send: () =>
      api.accessRequests.ask({
        contactManagerEmail: form.email.trim(),
        items: itemsOf(form, me.person.id),
        endsOn: form.endsOn,
        reason: form.reason.trim(),
      }),
    done: ({ sentence }) => onAsked(sentence),
    check: () => checkAsk(form, t),
    failed: t('ask.failed'),
  })
  return (
    <>
      <ErrorSummary problems={sending.problems} />
      <FormColumns
        onSubmit={sending.submit}
        preview={<WhatIsAsked form={form} />}
        buttons={<AskButtons day={form.endsOn} sending={sending.sending} />}
      >
        <TextInput
          id="contactManagerEmail"
          type="email"
          label={t('ask.email')}
          description={t('ask.emailHelp')}
          value={form.email}
          error={sending.of('contactManagerEmail')}
          mb="lg"
          onChange={(event) => change({ email: event.currentTarget.value })}
        />
        <ForWhomField form={form} change={change} of={sending.of} />
        <LevelField
          explained={false}
          question={t('ask.level')}
          value={form.level}
          onChange={(level) => change({ level, levels: {} })}
          error={sending.of('level')}
        />
        <EndDateField value={form.endsOn} onChange={(endsOn) => change({ endsOn })} zone={undefined} error={sending.of('endsOn')} />
        <Textarea
          id="reason"
          label={t('ask.why')}
          description={t('ask.whyHelp')}
          value={form.reason}
          error={sending.of('reason')}
          maxLength={1000}
          rows={3}
          mb="lg"
          onChange={(event) => change({ reason: event.currentTarget.value })}
        />
      </FormColumns>
    </>
  )
}

function AskButtons({ day, sending }: { day: string; sending: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      <Button type="submit" loading={sending}>
        {isDay(day) ? t('ask.button', { day: dayText(day) }) : t('ask.buttonNoDay')}
      </Button>
      <LinkButton to="/customers" variant="default">
        {t('ui.cancel')}
      </LinkButton>
    </>
  )
}

/** From the asker's side there are no counts: only what the level means, and what happens next. */
function WhatIsAsked({ form }: { form: AskForm }) {
  const { t } = useTranslation()
  const { lapseAfter } = usePortal()
  const level = useLevel()(form.level ?? '')
  return (
    <Panel title={t('ask.preview')}>
      {level ? (
        <>
          <p>
            <strong>{level.name}</strong>
          </p>
          <p>{t('oneAccess.can', { list: level.can.join(', ') })}</p>
          {level.cannot.length > 0 ? <p>{t('oneAccess.cannot', { list: level.cannot.join(', ') })}</p> : null}
        </>
      ) : (
        <p>{t('ask.previewHint')}</p>
      )}
      <p>{t('ask.next', { period: lapseAfter })}</p>
    </Panel>
  )
}
