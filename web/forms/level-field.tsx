// Which level: every one by its name and what it means in one line; all of them beside each other on demand.

import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Choice } from '../ui/choice.tsx'
import { Details } from '../ui/details.tsx'
import { usePortal } from '../who-is-here.ts'
import { LevelTable } from './level-table.tsx'

interface LevelFieldProps {
  id?: string
  question: string
  value: string | undefined
  onChange: (level: string) => void
  error?: string | undefined
  /** The one-line texts speak to the customer; who asks reads what a level means beside the form. */
  explained?: boolean
  /** The way to choose no level at all, where rights can stand alone. */
  alone?: { value: string; words: string } | undefined
  children?: ReactNode
}

export function LevelField({ id = 'level', question, value, onChange, error, explained = true, alone, children }: LevelFieldProps) {
  const { t } = useTranslation()
  const { levels } = usePortal()
  const options = [...levels]
    .sort((a, b) => a.rank - b.rank)
    .map(({ code, name, says }) => ({ value: code, words: name, help: explained ? says : undefined }))
  return (
    <Choice id={id} question={question} options={alone ? [...options, alone] : options} value={value} onChange={onChange} error={error}>
      <Details summary={t('access.compare')}>
        <LevelTable />
      </Details>
      {children}
    </Choice>
  )
}
