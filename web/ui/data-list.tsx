// A list as a table: sortable headers that say so, row headers, rows below a row, and cards instead of columns on a narrow screen.
import { Skeleton, UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './data-list.module.css'

export interface Column<T> {
  key: string
  label: string
  cell: (row: T) => ReactNode
  /** Makes the column sortable, by what this gives. */
  sortBy?: (row: T) => string | number
  /** The column that names the row. */
  names?: boolean
  /** The column's label is heard but not shown. */
  quiet?: boolean
  narrow?: boolean
}

interface DataListProps<T> {
  label: string
  columns: Column<T>[]
  rows: T[] | undefined
  rowKey: (row: T) => string
  /** Rows that belong below this one. */
  below?: (row: T) => T[]
  /** A column's key; with a minus in front: downwards. */
  sort?: string | undefined
  onSort?: (sort: string) => void
  /** A list that the server ordered: which column, said to screen readers. */
  orderedBy?: { key: string; downwards: boolean }
}

export function DataList<T>(props: DataListProps<T>) {
  const { label, columns, rows, sort } = props
  const shown = rows && inOrder(rows, columns, sort)
  return (
    <div className={styles.frame}>
      {/* Roles are written out because cards take the table's own display away, and with it what screen readers know. */}
      {/* biome-ignore-start lint/a11y/noRedundantRoles: see above */}
      <table className={styles.table} aria-label={label} role="table" aria-busy={rows === undefined}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <Head key={column.key} column={column} {...props} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {shown ? shown.map((row) => <Family key={props.rowKey(row)} row={row} {...props} />) : <Waiting columns={columns} />}
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y/noRedundantRoles: see above */}
    </div>
  )
}

function Head<T>({ column, sort, onSort, orderedBy }: { column: Column<T> } & DataListProps<T>) {
  if (column.sortBy && onSort) return <SortHead column={column} sort={sort} onSort={onSort} />
  const ordered = orderedBy?.key === column.key ? orderedBy : undefined
  return (
    <th scope="col" aria-sort={ordered && (ordered.downwards ? 'descending' : 'ascending')}>
      {column.quiet ? <span className="only-heard">{column.label}</span> : column.label}
    </th>
  )
}

const directions = {
  up: { sort: 'ascending', arrow: '▲' },
  down: { sort: 'descending', arrow: '▼' },
  none: { sort: 'none', arrow: '↕' },
} as const

function SortHead<T>({ column, sort, onSort }: { column: Column<T>; sort: string | undefined; onSort: (sort: string) => void }) {
  const { key } = column
  const direction = directions[sort === key ? 'up' : sort === `-${key}` ? 'down' : 'none']
  return (
    <th scope="col" aria-sort={direction.sort}>
      <UnstyledButton className={styles.sort ?? ''} onClick={() => onSort(sort === key ? `-${key}` : key)}>
        {column.label}
        <span aria-hidden className={styles.arrow}>
          {direction.arrow}
        </span>
      </UnstyledButton>
    </th>
  )
}

function Family<T>({ row, ...props }: { row: T } & DataListProps<T>) {
  return (
    <>
      <Row row={row} columns={props.columns} below={false} />
      {props.below?.(row).map((child) => (
        <Row key={props.rowKey(child)} row={child} columns={props.columns} below />
      ))}
    </>
  )
}

function Row<T>({ row, columns, below }: { row: T; columns: Column<T>[]; below: boolean }) {
  return (
    <tr className={below ? styles.below : undefined}>
      {columns.map((column) =>
        column.names ? (
          <th key={column.key} scope="row" className={styles.names}>
            {column.cell(row)}
          </th>
        ) : (
          <Cell key={column.key} column={column} content={column.cell(row)} />
        ),
      )}
    </tr>
  )
}

function Cell<T>({ column, content }: { column: Column<T>; content: ReactNode }) {
  return (
    <td data-label={column.quiet ? undefined : column.label} className={column.narrow ? styles.narrow : undefined}>
      {content === null ? null : <div>{content}</div>}
    </td>
  )
}

function Waiting<T>({ columns }: { columns: Column<T>[] }) {
  return ['first', 'second', 'third'].map((row) => (
    <tr key={row} aria-hidden>
      {columns.map((column) => (
        <td key={column.key}>
          <Skeleton height={12} radius="sm" />
        </td>
      ))}
    </tr>
  ))
}

function inOrder<T>(rows: T[], columns: Column<T>[], sort: string | undefined): T[] {
  const downwards = sort?.startsWith('-') ?? false
  const by = columns.find((column) => column.key === sort?.replace(/^-/, ''))?.sortBy
  if (!by) return rows
  const collator = new Intl.Collator(undefined, { numeric: true })
  return [...rows].sort((a, b) => {
    const [first, second] = [by(a), by(b)]
    const order = typeof first === 'number' && typeof second === 'number' ? first - second : collator.compare(String(first), String(second))
    return downwards ? -order : order
  })
}
