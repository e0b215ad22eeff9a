// What the server asks back before it does something: its own sentence in a panel of its own, with a tick that it was read. It is no mistake.
import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../client/problem.ts'
import { Panel } from '../ui/panel.tsx'
import type { FieldProblem } from '../ui/problems.tsx'

const field = 'understood'

export function useAskedBack() {
  const { t } = useTranslation()
  const [asks, setAsks] = useState<string | null>(null)
  const [understood, setUnderstood] = useState(false)
  return {
    asks,
    understood,
    setUnderstood,
    /** What goes along with the next try. */
    answer: understood ? { understood } : {},
    /** For the error of a try: shows what it asks, and throws it on. */
    hear: (error: unknown): never => {
      if (error instanceof Problem) setAsks(error.fields.find((one) => one.field === field)?.sentence ?? null)
      throw error
    },
    /** After a change something else may have to be read: it is asked about again. */
    forget: () => {
      setUnderstood(false)
      setAsks(null)
    },
    unread: (): FieldProblem[] => (asks !== null && !understood ? [{ field, sentence: t('access.tickMissing') }] : []),
    isNoMistake: (one: FieldProblem) => one.field === field && one.sentence === asks,
  }
}

interface AskedBackProps {
  asked: ReturnType<typeof useAskedBack>
  title: string
  tick: string
  problems: readonly FieldProblem[]
}

export function AskedBack({ asked: { asks, understood, setUnderstood }, title, tick, problems }: AskedBackProps) {
  if (asks === null) return null
  return (
    <Panel title={title} tone="care">
      <p>{asks}</p>
      <Checkbox
        id={field}
        label={tick}
        checked={understood}
        error={problems.find((one) => one.field === field)?.sentence}
        onChange={(event) => setUnderstood(event.currentTarget.checked)}
      />
    </Panel>
  )
}
