// The mailbox: every letter of a portal that sends no mail, and one of them as it would arrive. Says that nothing was sent.
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Letter, OneLetter } from '../../client/portal.ts'
import { Brand } from '../brand.tsx'
import { agoText, momentText } from '../dates.ts'
import { letterQuery, lettersQuery } from '../queries.ts'
import { Chip, type Tone } from '../ui/chip.tsx'
import { type Column, DataList } from '../ui/data-list.tsx'
import { Empty } from '../ui/empty.tsx'
import { Facts } from '../ui/facts.tsx'
import { TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Note } from '../ui/note.tsx'
import { Outside } from '../ui/outside.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { LetterText } from './letter-text.tsx'

const route = getRouteApi('/mailbox')

const tones: Record<Letter['state'], Tone> = {
  waiting: 'news',
  gathered: 'still',
  digested: 'good',
  sent: 'good',
  held: 'still',
  dropped: 'still',
  dead: 'bad',
}

export function MailboxPage() {
  const { t } = useTranslation()
  const { letter } = route.useSearch()
  return (
    <Outside brand={<Brand />} wide>
      {letter ? <OneLetterPage key={letter} id={letter} /> : <AllLetters title={t('mailbox.title')} />}
    </Outside>
  )
}

function AllLetters({ title }: { title: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const query = useQuery(lettersQuery)
  const look = (
    <Button variant="default" onClick={() => client.invalidateQueries({ queryKey: lettersQuery.queryKey })} loading={query.isFetching}>
      {t('mailbox.look')}
    </Button>
  )
  return (
    <Page title={title} actions={look}>
      {query.data?.mail === 'sent' || query.data?.items.length === 0 ? null : <Note kind="care" title={t('mailbox.held')} />}
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t(query.data?.mail === 'sent' ? 'mailbox.noneSent' : 'mailbox.none')}</Empty>
          ) : (
            <Letters items={items} />
          )
        }
      </Loaded>
    </Page>
  )
}

function Letters({ items }: { items: Letter[] }) {
  const { t } = useTranslation()
  const columns: Column<Letter>[] = [
    {
      key: 'subject',
      label: t('mailbox.subject'),
      names: true,
      cell: (letter) => (
        <TextLink to="/mailbox" search={{ letter: letter.id }}>
          {letter.subject}
        </TextLink>
      ),
    },
    { key: 'to', label: t('mailbox.to'), cell: (letter) => letter.to },
    { key: 'state', label: t('mailbox.state'), cell: (letter) => <LetterState letter={letter} /> },
    { key: 'when', label: t('mailbox.when'), narrow: true, cell: (letter) => agoText(letter.createdAt) },
  ]
  return <DataList label={t('mailbox.title')} columns={columns} rows={items} rowKey={(letter) => letter.id} />
}

function LetterState({ letter }: { letter: Letter }) {
  const { t } = useTranslation()
  return (
    <>
      <Chip tone={tones[letter.state]}>{t(`mailbox.states.${letter.state}`)}</Chip>
      {letter.lastError ? <div>{letter.lastError}</div> : null}
    </>
  )
}

function OneLetterPage({ id }: { id: string }) {
  const { t } = useTranslation()
  const query = useQuery(letterQuery(id))
  const absent = (
    <Page title={t('mailbox.absent')}>
      <TextLink to="/mailbox">{t('mailbox.back')}</TextLink>
    </Page>
  )
  return (
    <Loaded query={query} absent={absent}>
      {(letter) => <LetterShown letter={letter} />}
    </Loaded>
  )
}

function LetterShown({ letter }: { letter: OneLetter }) {
  const { t } = useTranslation()
  return (
    <Page title={letter.subject} above={<TextLink to="/mailbox">{t('mailbox.back')}</TextLink>}>
      {letter.state === 'held' ? <Note kind="care" title={t('mailbox.heldOne')} /> : null}
      <Panel>
        <Facts
          facts={[
            { word: t('mailbox.to'), is: letter.to },
            { word: t('mailbox.when'), is: momentText(letter.createdAt) },
          ]}
        />
      </Panel>
      <Panel title={t('mailbox.text')}>
        <LetterText text={letter.text} />
      </Panel>
    </Page>
  )
}
