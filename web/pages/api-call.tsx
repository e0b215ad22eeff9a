// The question that a page asked, as a program would ask it: the same answer comes from the same rule.
import { useTranslation } from 'react-i18next'
import { Details } from '../ui/details.tsx'
import styles from './explained.module.css'

export function ApiCall({ path, body }: { path: string; body: unknown }) {
  const { t } = useTranslation()
  return (
    <Details summary={t('who.asCall')}>
      <pre className={styles.call}>{`POST ${path}\n\n${JSON.stringify(body, null, 2)}`}</pre>
    </Details>
  )
}
