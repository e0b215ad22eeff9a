// Compiles the notices: what there is to get, and for each the rules of who gets it at a customer and who cannot decline it.
import type { Action, AllowanceLaw, HomeRoleLaw, NoticeLaw } from '../law/law.ts'
import { all } from '../rows/expression.ts'
import type { Permissions } from './compile-permissions.ts'
import { type Holders, heldBy } from './held-by.ts'
import type { PortalDefinition } from './schema.ts'

type Notice = NonNullable<PortalDefinition['notices']>[string]

export function compileNotices({ notices = {} }: PortalDefinition): Map<string, NoticeLaw> {
  return new Map(
    Object.entries(notices).map(([code, { name, says, when_opened }]) => [code, { code, name, says, whenOpened: when_opened ?? null }]),
  )
}

interface Including {
  readonly includes?: string | undefined
  readonly notices?: readonly string[] | undefined
}

/** The notices of a level or role, with those of what it includes. */
export function noticesOfRole(name: string, among: Readonly<Record<string, Including>>): string[] {
  const { includes, notices = [] } = among[name] ?? {}
  return [...new Set([...(includes ? noticesOfRole(includes, among) : []), ...notices])]
}

/** `notice:<code>` for each notice that somebody gets, and `notice_kept:<code>` where some of them cannot decline it (OR-107). */
export function noticeRules(
  { notices = {} }: PortalDefinition,
  allowances: readonly AllowanceLaw[],
  roles: readonly HomeRoleLaw[],
): Permissions {
  const rules: Permissions = new Map()
  for (const [code, notice] of Object.entries(notices)) {
    const getting = { allowances: allowances.filter(brings(code, notice)), roles: roles.filter((role) => role.notices.includes(code)) }
    if (isNobody(getting)) continue
    rules.set(`notice:${code}`, heldBy(getting))
    const keeping = { allowances: allowances.filter(keeps(notice)), roles: roles.filter(keeps(notice)) }
    if (!isNobody(keeping)) rules.set(`notice_kept:${code}`, all(heldBy(getting), heldBy(keeping)))
  }
  return rules
}

const isNobody = ({ allowances, roles }: Holders): boolean => allowances.length === 0 && roles.length === 0

/** What is given brings it, unless partners do not get it yet (OR-045). */
const brings =
  (code: string, { not_yet_for: not = [] }: Notice) =>
  ({ notices }: AllowanceLaw): boolean =>
    notices.includes(code) && !not.includes('partner')

function keeps({ kept_by: kept = {} }: Notice): (one: Pick<HomeRoleLaw, 'may'>) => boolean {
  const actions = Object.entries(kept).flatMap(([kind, verbs]) => verbs.map((verb): Action => `${kind}:${verb}`))
  return ({ may }) => actions.some((action) => may.has(action))
}
