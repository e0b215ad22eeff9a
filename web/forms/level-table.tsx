// The levels beside each other: what each one lets people do, and what it does not.
import { useTranslation } from 'react-i18next'
import type { Level } from '../../client/portal.ts'
import { type Column, DataList } from '../ui/data-list.tsx'
import { usePortal } from '../who-is-here.ts'

export function LevelTable() {
  const { t } = useTranslation()
  const { levels } = usePortal()
  const columns: Column<Level>[] = [
    { key: 'name', label: t('access.level'), names: true, cell: (level) => level.name },
    { key: 'can', label: t('access.can'), cell: (level) => level.can.join(', ') },
    { key: 'cannot', label: t('access.cannot'), cell: (level) => level.cannot.join(', ') || t('access.nothingLess') },
  ]
  return (
    <DataList
      label={t('access.levels')}
      columns={columns}
      rows={[...levels].sort((a, b) => a.rank - b.rank)}
      rowKey={(level) => level.code}
    />
  )
}
