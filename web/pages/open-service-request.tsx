// Open a service request: for which customer comes first and stands on the button, so that none is opened in the wrong name.
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { type AccountAsk, AccountRequestField, useAccountRequests } from '../forms/account-request-field.tsx'
import styles from '../forms/fields.module.css'
import { PointOfContactField } from '../forms/point-of-contact-field.tsx'
import { kindInAddress, kindShown } from '../i18n.ts'
import { recordCustomersQuery } from '../queries.ts'
import { sayDone } from '../ui/done-note.tsx'
import { Empty } from '../ui/empty.tsx'
import { LinkButton, TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Note } from '../ui/note.tsx'
import { Page } from '../ui/page.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { useMe } from '../who-is-here.ts'

const route = getRouteApi('/inside/requests/new')

interface Choice {
  id: string
  name: string
  own: boolean
}

export function OpenServiceRequestPage() {
  const { t } = useTranslation()
  const query = useQuery(recordCustomersQuery('open'))
  return (
    <Page
      title={t('open.title')}
      above={
        <TextLink to="/requests" search={kindInAddress()}>
          {t('requests.back')}
        </TextLink>
      }
    >
      <Loaded query={query}>
        {({ items }) => (items.length === 0 ? <Empty>{t('open.nobody')}</Empty> : <OpenRequestForm customers={items} />)}
      </Loaded>
    </Page>
  )
}

interface OpenForm {
  customerId: string
  title: string
  description: string
  /** Empty: oneself. */
  pointOfContactId: string
  account: AccountAsk
}

const noAsk: AccountAsk = { asks: '', personName: '', personEmail: '' }

type Change = (changes: Partial<OpenForm>) => void

function useOpening(form: OpenForm, customer: Choice | undefined) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { pointOfContactId, account, customerId } = form
  const asked = useAccountRequests(customerId).find(({ code, may }) => may && code === account.asks)
  const person = { name: account.personName.trim(), email: account.personEmail.trim() }
  return useSending({
    send: () => {
      const record = {
        customerId,
        title: form.title.trim(),
        description: form.description.trim(),
        ...(pointOfContactId ? { pointOfContactId } : {}),
      }
      if (!asked) return api.records.open(kindShown(), record)
      return api.accountRequests.ask({ ...record, asks: asked.code, ...(asked.forPerson ? { person } : {}) })
    },
    done: async (record) => {
      await navigate({ to: '/requests/$id', params: { id: record.id }, search: kindInAddress() })
      sayDone(t('open.done', { number: record.number, customer: customer?.name ?? '' }))
    },
    check: () =>
      [
        !form.customerId && { field: 'customerId', sentence: t('open.customerMissing') },
        !form.title.trim() && { field: 'title', sentence: t('open.titleMissing') },
        asked?.forPerson && !person.name && { field: 'person.name', sentence: t('open.personMissing') },
        asked?.forPerson && !person.email.includes('@') && { field: 'person.email', sentence: t('open.personEmailMissing') },
        !form.description.trim() && { field: 'description', sentence: t(asked ? 'open.wantedMissing' : 'open.descriptionMissing') },
      ].filter((one) => typeof one === 'object'),
    failed: t('open.failed'),
  })
}

function OpenRequestForm({ customers }: { customers: Choice[] }) {
  const { t } = useTranslation()
  const search = route.useSearch()
  const start = customers.find(({ id }) => id === search.customer) ?? (customers.length === 1 ? customers[0] : undefined)
  const [form, setForm] = useState<OpenForm>({
    customerId: start?.id ?? '',
    title: '',
    description: '',
    pointOfContactId: '',
    account: noAsk,
  })
  const change: Change = (changes) => setForm((before) => ({ ...before, ...changes }))
  const customer = customers.find(({ id }) => id === form.customerId)
  const sending = useOpening(form, customer)
  return (
    <form onSubmit={sending.submit} noValidate className={styles.one}>
      <ErrorSummary problems={sending.problems} />
      <CustomerField
        customers={customers}
        customer={customer}
        onChange={(customerId) => change({ customerId, pointOfContactId: '', account: noAsk })}
        error={sending.of('customerId')}
      />
      {customer ? (
        <AccountRequestField customerId={customer.id} value={form.account} onChange={(account) => change({ account })} of={sending.of} />
      ) : null}
      <WhatHappened form={form} change={change} of={sending.of} />
      {customer ? (
        <PointOfContactField
          key={customer.id}
          customerId={customer.id}
          value={form.pointOfContactId}
          onChange={(pointOfContactId) => change({ pointOfContactId })}
          error={sending.of('pointOfContactId')}
        />
      ) : null}
      <div className={styles.buttons}>
        <Button type="submit" loading={sending.sending}>
          {customer ? t('open.button', { customer: customer.name }) : t('open.buttonNobody')}
        </Button>
        <LinkButton to="/requests" search={kindInAddress()} variant="default">
          {t('ui.cancel')}
        </LinkButton>
      </div>
    </form>
  )
}

function WhatHappened({ form, change, of }: { form: OpenForm; change: Change; of: (field: string) => string | undefined }) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        id="title"
        label={t('requests.subject')}
        value={form.title}
        maxLength={300}
        error={of('title')}
        mb="lg"
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <Textarea
        id="description"
        label={t(form.account.asks ? 'open.wanted' : 'open.description')}
        description={form.account.asks ? undefined : t('open.descriptionHelp')}
        value={form.description}
        maxLength={20000}
        rows={8}
        error={of('description')}
        mb="lg"
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
    </>
  )
}

interface CustomerFieldProps {
  customers: Choice[]
  customer: Choice | undefined
  onChange: (customerId: string) => void
  error: string | undefined
}

function CustomerField({ customers, customer, onChange, error }: CustomerFieldProps) {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <>
      <NativeSelect
        id="customerId"
        label={t('open.customer')}
        value={customer?.id ?? ''}
        error={error}
        mb="lg"
        onChange={(event) => onChange(event.currentTarget.value)}
        data={[
          { value: '', label: t('open.chooseCustomer') },
          ...customers.map(({ id, name, own }) => ({ value: id, label: own ? t('requests.own', { name }) : name })),
        ]}
      />
      {customer && !customer.own ? (
        <Note kind="news">{t('open.inTheirName', { customer: customer.name, company: me.organization.name })}</Note>
      ) : null}
    </>
  )
}
