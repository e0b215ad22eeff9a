// The way into a look through somebody's eyes, for whoever manages access: shows what they see now, at one's own customer.
import { Button } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { beginLook } from '../look.ts'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { useMay, useMe } from '../who-is-here.ts'

interface LookThroughProps {
  partner: { id: string; name: string }
  /** None: an ordinary person of the partner. */
  person?: { id: string; name: string } | null | undefined
  small?: boolean
}

export function LookThrough({ partner, person = null, small = false }: LookThroughProps) {
  const { t } = useTranslation()
  const may = useMay()
  const { side } = useMe().organization
  const name = person?.name ?? partner.name
  const form = useSending({
    send: () => beginLook(partner.id, person?.id ?? null),
    failed: t('look.notBegun'),
    leaves: true,
  })
  if (side !== 'customer' || !may('access:give')) return null
  return (
    <>
      <ErrorSummary problems={form.problems} />
      <Button
        variant={small ? 'subtle' : 'default'}
        size={small ? 'compact-sm' : 'sm'}
        leftSection={<IconEye aria-hidden size={18} />}
        loading={form.sending}
        onClick={() => form.submit()}
        {...(small ? { 'aria-label': t('look.through', { name }) } : {})}
      >
        {small ? t('look.short') : t('look.through', { name })}
      </Button>
    </>
  )
}
