// The portal's name with the product's mark, as a link to the start.
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { usePortal } from './who-is-here.ts'

export function Brand() {
  const { t } = useTranslation()
  const { names } = usePortal()
  return (
    <Link to="/">
      <img src="/latchkey.svg" alt="" width={28} height={28} />
      {t('frame.portal', { vendor: names.vendor })}
    </Link>
  )
}
