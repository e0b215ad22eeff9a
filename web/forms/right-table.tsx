// The roles or rights beside each other: what each one lets people do.
import { useTranslation } from 'react-i18next'
import type { Right } from '../../client/portal.ts'
import { type Column, DataList } from '../ui/data-list.tsx'
import { usePortal } from '../who-is-here.ts'

export function RightTable() {
  const { t } = useTranslation()
  const { rights } = usePortal()
  const columns: Column<Right>[] = [
    { key: 'name', label: t('access.right'), names: true, cell: (right) => right.name },
    { key: 'can', label: t('access.can'), cell: (right) => right.can.join(', ') },
  ]
  return <DataList label={t('access.rights')} columns={columns} rows={rights} rowKey={(right) => right.code} />
}
