// What surrounds every page after sign-in: skip link, whose portal this is, who I am, the menu, and where help is.
import { Button } from '@mantine/core'
import { IconMenu2, IconUserCircle } from '@tabler/icons-react'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FocusBar } from './focus-bar.tsx'
import styles from './frame.module.css'
import { LookFrame } from './look-frame.tsx'
import { useMenu } from './menu.ts'
import { sayDone } from './ui/done-note.tsx'
import { useMe, usePortal } from './who-is-here.ts'

export function Frame() {
  const { t } = useTranslation()
  const { looking } = useMe()
  const [open, setOpen] = useState(false)
  const path = useLocation({ select: (location) => location.pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the menu, and what was said belongs to the page before
  useEffect(() => {
    setOpen(false)
    return () => sayDone(undefined)
  }, [path])
  return (
    <LookFrame>
      <a href="#main" className={styles.skip}>
        {t('frame.skip')}
      </a>
      <TopBar open={open} onMenu={() => setOpen(!open)} />
      {looking ? null : <FocusBar />}
      <div className={styles.columns}>
        <Menu open={open} />
        <div className={styles.middle}>
          <main id="main" tabIndex={-1} className={styles.main}>
            <Outlet />
          </main>
          <Foot />
        </div>
      </div>
    </LookFrame>
  )
}

function TopBar({ open, onMenu }: { open: boolean; onMenu: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const { names } = usePortal()
  return (
    <header className={styles.top}>
      <Button
        className={styles.menuButton ?? ''}
        variant="default"
        size="compact-md"
        aria-expanded={open}
        aria-controls="menu"
        onClick={onMenu}
        leftSection={<IconMenu2 aria-hidden size={18} />}
      >
        {t('frame.menu')}
      </Button>
      <Link to="/" className={styles.brand ?? ''}>
        <img src="/latchkey.svg" alt="" width={28} height={28} />
        <span className={styles.brandName}>{t('frame.portal', { vendor: names.vendor })}</span>
      </Link>
      <span className={styles.company}>{me.organization.name}</span>
      {me.looking ? null : (
        <Link to="/me" className={styles.person ?? ''}>
          <IconUserCircle aria-hidden size={22} />
          <span>{me.person.name}</span>
        </Link>
      )}
    </header>
  )
}

function Menu({ open }: { open: boolean }) {
  const { t } = useTranslation()
  const items = useMenu()
  return (
    <nav id="menu" aria-label={t('frame.menu')} className={`${styles.menu} ${open ? styles.open : ''}`}>
      {items.map((item) => (
        <Link
          key={`${item.to} ${item.search?.kind ?? ''}`}
          to={item.to}
          {...(item.search ? { search: item.search } : {})}
          className={styles.item ?? ''}
          activeOptions={{ exact: item.to === '/', includeSearch: item.search !== undefined }}
        >
          <span>{item.words}</span>
          {item.count ? (
            <span className={styles.count}>
              {item.count}
              <span className="only-heard"> {t('frame.waiting')}</span>
            </span>
          ) : null}
        </Link>
      ))}
    </nav>
  )
}

function Foot() {
  const { t } = useTranslation()
  return (
    <footer className={styles.foot}>
      <Link to="/help">{t('frame.help')}</Link>
    </footer>
  )
}
