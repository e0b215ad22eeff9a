// The receipt after somebody was let go: what ended, customer by customer, and what is left.
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Gone } from '../../client/contacts.ts'
import { Note } from '../ui/note.tsx'
import { Panel } from '../ui/panel.tsx'

export function LeavingReceipt({ gone, onClose }: { gone: Gone; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Panel
      title={t('people.receipt', { name: gone.contact.name })}
      actions={
        <Button variant="default" onClick={onClose}>
          {t('people.closeReceipt')}
        </Button>
      }
    >
      <Sentences lines={gone.ended} />
      {gone.customers.map((customer) => (
        <section key={customer.id}>
          <h3>{customer.name}</h3>
          <Sentences lines={[...customer.ended, ...customer.left]} />
        </section>
      ))}
      {gone.left.length > 0 ? (
        <Note kind="care" title={t('people.left')}>
          <Sentences lines={gone.left} />
        </Note>
      ) : null}
    </Panel>
  )
}

function Sentences({ lines }: { lines: string[] }) {
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
