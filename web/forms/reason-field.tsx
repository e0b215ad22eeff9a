// Why somebody does it, in a few words of their own that are kept and sent along.
import { Textarea } from '@mantine/core'

interface ReasonFieldProps {
  label: string
  description?: string
  value: string
  onChange: (reason: string) => void
  error: string | undefined
}

export function ReasonField({ label, description, value, onChange, error }: ReasonFieldProps) {
  return (
    <Textarea
      id="reason"
      label={label}
      description={description}
      value={value}
      error={error}
      maxLength={1000}
      rows={2}
      mb="md"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
