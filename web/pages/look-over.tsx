// A look through somebody's eyes that ended by itself: nothing is shown until one goes back, so that nobody takes one screen for another.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Brand } from '../brand.tsx'
import { endLook } from '../look.ts'
import { Outside } from '../ui/outside.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'

export function LookOverPage() {
  const { t } = useTranslation()
  const [going, setGoing] = useState(false)
  const back = () => {
    setGoing(true)
    void endLook()
  }
  return (
    <Outside brand={<Brand />}>
      <Page title={t('look.over')}>
        <Panel>
          <p>{t('look.overWords')}</p>
          <Button loading={going} onClick={back}>
            {t('look.back')}
          </Button>
        </Panel>
      </Page>
    </Outside>
  )
}
