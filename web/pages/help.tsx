// Help: what the levels mean, how access begins and ends, and where to turn.
import { useTranslation } from 'react-i18next'
import { LevelTable } from '../forms/level-table.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { usePortal } from '../who-is-here.ts'

export function HelpPage() {
  const { t } = useTranslation()
  const { lapseAfter, term } = usePortal()
  return (
    <Page title={t('help.title')}>
      <Panel title={t('help.how')}>
        <ul>
          <li>{t('help.ask')}</li>
          <li>{t('help.answer', { period: lapseAfter })}</li>
          <li>{t('help.personal')}</li>
          <li>{t('help.ends', { longest: term.longest })}</li>
          <li>{t('help.links')}</li>
        </ul>
      </Panel>
      <h2>{t('access.levels')}</h2>
      <LevelTable />
      <Panel title={t('help.more')}>{t('help.moreWords')}</Panel>
    </Page>
  )
}
