// What my company says to colleagues whom a partner's administrator would let in: no, tell me, ask me.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ColleagueChoice as Choices } from '../../client/colleagues.ts'
import { api } from '../api.ts'
import { colleagueChoiceQuery } from '../queries.ts'
import { Choice } from '../ui/choice.tsx'
import { Details } from '../ui/details.tsx'
import { sayDone } from '../ui/done-note.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { useMay, usePortal } from '../who-is-here.ts'

const choices = ['forbid', 'tell', 'ask'] as const

/** Only where the portal knows it, and for whoever may give access. */
export function ColleagueChoice() {
  const { t } = useTranslation()
  const may = useMay()
  const { giving } = usePortal()
  const query = useQuery({ ...colleagueChoiceQuery, enabled: giving.colleagues && may('access:give') })
  if (!query.data) return null
  return (
    <Details summary={t('colleagueChoice.title')}>
      <ChoiceForm now={query.data.choice} />
    </Details>
  )
}

function ChoiceForm({ now }: { now: Choices }) {
  const { t } = useTranslation()
  const [choice, setChoice] = useState<Choices>(now)
  const form = useSending({
    send: () => api.colleagues.choose(choice),
    done: () => sayDone(t('colleagueChoice.saved')),
    failed: t('colleagueChoice.notSaved'),
  })
  const options = choices.map((value) => ({ value, words: t(`colleagueChoice.${value}`), help: t(`colleagueChoice.${value}Help`) }))
  return (
    <form onSubmit={form.submit} noValidate>
      <ErrorSummary problems={form.problems} />
      <Choice
        id="choice"
        question={t('colleagueChoice.question')}
        options={options}
        value={choice}
        onChange={(value) => setChoice(value as Choices)}
        error={form.of('choice')}
      />
      <Button type="submit" mb="md" loading={form.sending}>
        {t('colleagueChoice.save')}
      </Button>
    </form>
  )
}
