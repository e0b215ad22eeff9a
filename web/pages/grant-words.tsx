// How one access is said: who it is for, and its state as a chip.
import { useTranslation } from 'react-i18next'
import type { Grant } from '../../client/access.ts'
import { dayOfMoment, daysBetween, dayText, today } from '../dates.ts'
import { Chip } from '../ui/chip.tsx'

/** "Everyone (14 people)", the group's name, or the person's. */
export function useWho(): (grant: Pick<Grant, 'person' | 'group' | 'partner'>) => string {
  const { t } = useTranslation()
  return ({ person, group, partner }) => person?.name ?? group?.name ?? t('grant.everyone', { count: partner.peopleCount })
}

export function GrantChip({ grant }: { grant: Grant }) {
  const { t } = useTranslation()
  const zone = grant.customer.timeZone
  switch (grant.state) {
    case 'active':
      return <Chip tone="good">{t('grant.active')}</Chip>
    case 'ending':
      return <Chip tone="care">{t('grant.endsIn', { count: Math.max(0, daysBetween(today(zone), grant.endsOn)) })}</Chip>
    case 'later':
      return <Chip tone="news">{t('grant.starts', { day: dayOfMoment(grant.from, zone) })}</Chip>
    case 'unconfirmed':
      return <Chip tone="paused">{t('grant.unconfirmed')}</Chip>
    case 'suspended':
      return <Chip tone="paused">{t('grant.suspended')}</Chip>
    case 'removed':
      return <Chip tone="still">{removedWords(grant, t)}</Chip>
    case 'relinquished':
      return <Chip tone="still">{t('grant.relinquished', { day: dayOfMoment(grant.ended?.at ?? grant.until, zone) })}</Chip>
    case 'replaced':
      return <Chip tone="still">{t('grant.replaced', { day: dayOfMoment(grant.ended?.at ?? grant.until, zone) })}</Chip>
    default:
      return <Chip tone="still">{t('grant.ended', { day: dayText(grant.endsOn) })}</Chip>
  }
}

function removedWords(grant: Grant, t: ReturnType<typeof useTranslation>['t']): string {
  const day = dayOfMoment(grant.ended?.at ?? grant.until, grant.customer.timeZone)
  const by = grant.ended?.by?.name
  return by ? t('grant.removedBy', { by, day }) : t('grant.removed', { day })
}

/** The lists' filters: which states stand together under one word. */
export function isListedUnder(grant: Grant, filter: string): boolean {
  if (filter === 'ending') return grant.state === 'ending'
  if (filter === 'all') return true
  return ['expired', 'removed', 'relinquished', 'replaced'].includes(grant.state) === (filter === 'ended')
}
