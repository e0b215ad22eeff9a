// One group of my firm: who is in it, and for its administrators to add and take out. It says what that gives or takes, at which customer.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Group } from '../../client/access.ts'
import { api } from '../api.ts'
import { dayOfMoment } from '../dates.ts'
import { PeoplePicker } from '../forms/people-picker.tsx'
import { groupPeopleQuery, groupQuery } from '../queries.ts'
import { type Column, DataList } from '../ui/data-list.tsx'
import { sayDone } from '../ui/done-note.tsx'
import { Facts } from '../ui/facts.tsx'
import { TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { useMe } from '../who-is-here.ts'
import { GroupAccess, GroupState } from './groups.tsx'
import { Absent } from './not-found.tsx'

const route = getRouteApi('/inside/groups/$id')

export function OneGroupPage() {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const query = useQuery(groupQuery(id))
  return (
    <Loaded query={query} absent={<Absent title={t('groups.absent')} />}>
      {(group) => (
        <Page title={group.name} lead={<GroupState group={group} />} above={<TextLink to="/groups">{t('groups.back')}</TextLink>}>
          <Panel>
            <Facts facts={[{ word: t('groups.has'), is: <GroupAccess group={group} /> }]} />
          </Panel>
          <Members group={group} />
          {group.abilities.fill ? <AddPeople group={group} /> : null}
        </Page>
      )}
    </Loaded>
  )
}

type Member = Group['members'][number]

function Members({ group }: { group: Group }) {
  const { t } = useTranslation()
  const columns: Column<Member>[] = [
    { key: 'name', label: t('groups.person'), names: true, cell: (member) => member.name },
    { key: 'email', label: t('me.email'), cell: (member) => member.email },
    { key: 'since', label: t('groups.since'), narrow: true, cell: (member) => dayOfMoment(member.since) },
    ...(group.abilities.fill
      ? [{ key: 'out', label: t('groups.takeOut'), quiet: true, cell: (member: Member) => <TakeOut group={group} member={member} /> }]
      : []),
  ]
  return (
    <Panel title={t(group.state === 'ended' ? 'groups.wereIn' : 'groups.members')}>
      {group.members.length === 0 ? (
        <p>{t('groups.nobodyYet')}</p>
      ) : (
        <DataList label={t('groups.members')} columns={columns} rows={group.members} rowKey={({ id }) => id} />
      )}
    </Panel>
  )
}

function TakeOut({ group, member }: { group: Group; member: Member }) {
  const { t } = useTranslation()
  const form = useSending({
    send: () => api.groups.remove(group.id, member.id),
    done: () => sayDone(t('groups.takenOut', { name: member.name, group: group.name })),
    failed: t('groups.notTakenOut'),
  })
  return (
    <>
      <ErrorSummary problems={form.problems} />
      <Button variant="outline" color="red" size="compact-sm" loading={form.sending} onClick={() => form.submit()}>
        {t('groups.takeOutWho', { name: member.name })}
      </Button>
    </>
  )
}

function AddPeople({ group }: { group: Group }) {
  const { t } = useTranslation()
  const firm = useMe().organization.name
  const [picked, setPicked] = useState<string[]>([])
  const query = useQuery(groupPeopleQuery(group.id))
  const form = useSending({
    send: () => api.groups.add(group.id, picked),
    done: () => {
      setPicked([])
      sayDone(t('groups.added', { count: picked.length, group: group.name }))
    },
    check: () => (picked.length === 0 ? [{ field: 'personIds', sentence: t('access.peopleMissing') }] : []),
    failed: t('groups.notAdded'),
  })
  return (
    <Panel title={t('groups.add')}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('groups.allIn')}</p>
          ) : (
            <form onSubmit={form.submit} noValidate>
              <ErrorSummary problems={form.problems} />
              <p>{t('groups.addWords')}</p>
              <PeoplePicker
                firm={firm}
                people={items.map((one) => ({ ...one, roles: [] }))}
                picked={picked}
                onPick={setPicked}
                error={form.of('personIds')}
              />
              <Button type="submit" mt="md" loading={form.sending}>
                {t('groups.addButton', { count: picked.length })}
              </Button>
            </form>
          )
        }
      </Loaded>
    </Panel>
  )
}
