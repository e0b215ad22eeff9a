// Compiles what a grant can give: the levels of a ladder, roles, or rights with an Administrator who has them all.
import type { AllowanceLaw, LevelLaw } from '../law/law.ts'
import type { Scope } from '../rows/expression.ts'
import { noticesOfRole } from './compile-notices.ts'
import { joined, ownPermissions, permissionsOf } from './compile-permissions.ts'
import type { PortalDefinition } from './schema.ts'

type Access = NonNullable<PortalDefinition['access']>
type Scopes = Access['scope']

/** The code of the one level of the shape `rights`. */
export const administrator = 'administrator'

/** The ladder, lowest first; the Administrator of a portal with rights. */
export function compileLevels(definition: PortalDefinition): LevelLaw[] {
  const { access } = definition
  if (!access) return []
  if (access.administrator) return [administratorOf(definition, access, access.administrator)]
  const levels = access.levels ?? {}
  const depth = (code: string): number => (levels[code]?.includes ? 1 + depth(levels[code].includes) : 0)
  return Object.entries(levels)
    .map(([code, level]) => ({
      ...said(code, level, access.scope),
      rank: depth(code),
      may: permissionsOf(code, levels, definition),
      notices: noticesOfRole(code, levels),
    }))
    .sort((a, b) => a.rank - b.rank)
}

/** Roles or rights; they are the same thing under two words. */
export function compileRights(definition: PortalDefinition): AllowanceLaw[] {
  const { access } = definition
  return Object.entries({ ...access?.roles, ...access?.rights }).map(([code, right]) => ({
    ...said(code, right, access?.scope),
    may: ownPermissions(right.may, definition),
    notices: right.notices ?? [],
  }))
}

/** Has every right, whatever the switches say (CD-019). */
function administratorOf(definition: PortalDefinition, access: Access, own: NonNullable<Access['administrator']>): LevelLaw {
  return {
    ...said(administrator, own, access.scope),
    rank: 0,
    may: joined(...compileRights(definition).map(({ may }) => may), ownPermissions(own.may, definition)),
    notices: own.notices ?? [],
  }
}

interface Said {
  readonly name: string
  readonly says: string
  readonly aliases?: readonly string[] | undefined
  readonly scope?: Scopes
}

function said(code: string, { name, says, aliases = [], scope }: Said, otherwise: Scopes) {
  return { code, name, says, aliases, scopes: (scope ?? otherwise ?? []).filter((one): one is Scope => one !== 'all') }
}
