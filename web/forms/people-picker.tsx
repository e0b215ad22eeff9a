// The people of a partner as checkboxes, with a search once there are many.
import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PartnerPerson } from '../../client/access.ts'
import styles from './fields.module.css'

interface PeoplePickerProps {
  firm: string
  people: PartnerPerson[]
  picked: string[]
  onPick: (personIds: string[]) => void
  error: string | undefined
}

export function PeoplePicker({ firm, people, picked, onPick, error }: PeoplePickerProps) {
  const { t } = useTranslation()
  const [search, setSearch] = useState('')
  const shown = people.filter((person) => `${person.name} ${person.email}`.toLowerCase().includes(search.toLowerCase()))
  const label = t('access.people', { partner: firm })
  return (
    <div className={styles.below}>
      {people.length > 8 ? (
        <TextInput
          type="search"
          label={t('access.findPerson')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          mb="xs"
        />
      ) : null}
      <Checkbox.Group label={label} value={picked} error={error} onChange={onPick}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable with the keyboard */}
        <section className={styles.people} tabIndex={0} aria-label={label}>
          {shown.map((person, index) => (
            <Checkbox
              key={person.id}
              {...(index === 0 ? { id: 'personIds' } : {})}
              value={person.id}
              label={person.name}
              description={person.email}
            />
          ))}
        </section>
      </Checkbox.Group>
    </div>
  )
}
