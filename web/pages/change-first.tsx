// Give less than was asked for, or for a shorter time, before approving.
import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AccessRequest, AccessRequestItem } from '../../client/access.ts'
import type { AnswerForm } from '../forms/answer-form.ts'
import { EndDateField } from '../forms/end-date-field.tsx'
import { Panel } from '../ui/panel.tsx'
import { useMe, usePortal } from '../who-is-here.ts'

interface ChangeFirstProps {
  request: AccessRequest
  form: AnswerForm
  change: (changes: Partial<AnswerForm>) => void
  of: (field: string) => string | undefined
}

export function ChangeFirst({ request, form, change, of }: ChangeFirstProps) {
  const { t } = useTranslation()
  const { levels } = usePortal()
  const zone = useMe().organization.timeZone
  const everyone = t('oneAsk.everyone', { partner: request.partner.name })
  const choose = (item: AccessRequestItem, level: string) =>
    change({ levels: { ...form.levels, [item.id]: level || null }, understood: false })
  return (
    <Panel title={t('oneAsk.changeTitle')}>
      {request.items.map((item, index) => (
        <NativeSelect
          key={item.id}
          id={index === 0 ? 'change' : `change-${item.id}`}
          label={t('oneAsk.levelFor', { who: item.person?.name ?? everyone })}
          description={levels.find((level) => level.code === form.levels[item.id])?.says}
          value={form.levels[item.id] ?? ''}
          error={index === 0 ? of('change') : undefined}
          mb="lg"
          onChange={(event) => choose(item, event.currentTarget.value)}
          data={[...levels.map(({ code, name }) => ({ value: code, label: name })), { value: '', label: t('oneAsk.leaveOut') }]}
        />
      ))}
      <EndDateField value={form.endsOn} onChange={(endsOn) => change({ endsOn })} zone={zone} error={of('endsOn')} />
    </Panel>
  )
}
