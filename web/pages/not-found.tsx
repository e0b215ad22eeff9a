// An address that leads nowhere, and a thing that is not there or may not be seen: the same words for both.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Brand } from '../brand.tsx'
import { LinkButton } from '../ui/links.tsx'
import { Outside } from '../ui/outside.tsx'
import { Page } from '../ui/page.tsx'

export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <Outside brand={<Brand />}>
      <Page title={t('absent.page')}>
        <p>{t('absent.pageWords')}</p>
        <LinkButton to="/">{t('absent.home')}</LinkButton>
      </Page>
    </Outside>
  )
}

/** Inside the frame: "There is no … , or you cannot see it." */
export function Absent({ title, children }: { title: string; children?: ReactNode }) {
  const { t } = useTranslation()
  return (
    <Page title={title}>
      <p>{t('absent.words')}</p>
      {children ?? (
        <LinkButton to="/" variant="default">
          {t('absent.home')}
        </LinkButton>
      )}
    </Page>
  )
}
