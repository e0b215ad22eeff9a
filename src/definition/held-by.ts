// The leaf of a rule that says: whoever was given one of these, or has one of the roles in their own organization.
import type { AllowanceLaw, HomeRoleLaw } from '../law/law.ts'
import type { Narrow, RowExpression } from '../rows/expression.ts'

export const noNarrow: Narrow = { siteGives: [], siteRoles: [], recordGives: [] }

export interface Holders {
  readonly allowances: readonly AllowanceLaw[]
  readonly roles: readonly HomeRoleLaw[]
}

export function heldBy({ allowances, roles }: Holders): RowExpression {
  const atSites = (one: AllowanceLaw | HomeRoleLaw) => one.scopes.includes('sites')
  return {
    is: 'access',
    gives: allowances.map(({ code }) => code),
    homeRoles: roles.map(({ role }) => role),
    narrow: {
      siteGives: allowances.filter(atSites).map(({ code }) => code),
      siteRoles: roles.filter(atSites).map(({ role }) => role),
      recordGives: allowances.filter(({ scopes }) => scopes.includes('records')).map(({ code }) => code),
    },
  }
}
