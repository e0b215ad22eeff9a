// The last day of an access: typed or picked in the browser's own date field, with the usual periods as buttons.
import { Button, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { dayAfter, isDay, today } from '../dates.ts'
import { usePortal } from '../who-is-here.ts'
import styles from './fields.module.css'

interface EndDateFieldProps {
  value: string
  onChange: (day: string) => void
  /** The customer's time zone; not known to who asks. */
  zone: string | undefined
  error?: string | undefined
}

const presets = ['30 days', '3 months', '6 months', '12 months'] as const

export function EndDateField({ value, onChange, zone, error }: EndDateFieldProps) {
  const { t } = useTranslation()
  const { term } = usePortal()
  const start = today(zone ?? 'UTC')
  return (
    <div className={styles.field}>
      <TextInput
        id="endsOn"
        type="date"
        label={t('access.endsOn')}
        description={zone ? t('access.endOfDay', { zone }) : t('access.endOfDayThere')}
        value={value}
        min={start}
        max={dayAfter(start, term.longest)}
        required
        withAsterisk={false}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
        classNames={{ input: styles.date ?? '' }}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a second question */}
      <div role="group" aria-label={t('access.presets')} className={styles.presets}>
        {presets.map((period) => (
          <Button
            key={period}
            variant="default"
            size="compact-sm"
            aria-pressed={isDay(value) && value === dayAfter(start, period)}
            onClick={() => onChange(dayAfter(start, period))}
          >
            {t(`access.periods.${period}`)}
          </Button>
        ))}
      </div>
    </div>
  )
}
