// In the demo world: who can sign in, as buttons that fill in the address. Nobody knows their addresses by heart.
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { portalQuery } from '../queries.ts'
import { TextLink } from '../ui/links.tsx'
import { Panel } from '../ui/panel.tsx'
import styles from './demo-people.module.css'

export function DemoPeople() {
  const { t } = useTranslation()
  const portal = useSuspenseQuery(portalQuery).data
  if (!portal.demo || !portal.demoPeople?.length) return null
  return (
    <Panel title={t('signIn.demo')}>
      <p className={styles.lead}>{t('signIn.demoWords')}</p>
      <ul className={styles.people}>
        {portal.demoPeople.map((person) => (
          <li key={person.email}>
            <TextLink to="/sign-in" search={(before) => ({ ...before, email: person.email })} reloadDocument>
              {person.name}
            </TextLink>
            <span className={styles.what}>
              {person.organization} · {person.roles.map((role) => roleWords(role)).join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function roleWords(role: string): string {
  return role.replaceAll('_', ' ')
}
