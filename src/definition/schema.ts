// What a portal definition may say: the schema of the YAML file. Its limits keep a definition readable; 200 names of a sort are more than anybody reads.
import { z } from 'zod'
import { isPlainLine } from './text-faults.ts'

const name = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'a name: lower-case letters, digits and underscores, starting with a letter')
/** Words are shown, printed and written into subjects of letters. */
const words = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => text.trim() !== '' && isPlainLine(text), {
    error: 'a line of words, without line breaks and hidden characters',
    when: ({ issues }) => issues.length === 0,
  })
const inYear = { day: 365, week: 52, month: 12, year: 1 } as const
/** After 10,000 the texts of instants no longer stand in the order of time; nobody means more than a hundred years. */
const isOfThisWorld = (text: string): boolean => {
  const [, many, unit] = /^(\d+) (day|week|month|year)/.exec(text) ?? []
  return unit === undefined || Number(many) <= 100 * inYear[unit as keyof typeof inYear]
}
const period = z
  .string()
  .regex(/^[1-9][0-9]{0,3} (day|week|month|year)s?$/, 'a length of time such as "30 days", "6 months" or "2 years"')
  .refine(isOfThisWorld, 'a length of time of at most 100 years')
const names = z.array(name).max(200)
/** A line of text that the database can keep: without control characters. */
const line = z.string().max(200).refine(isPlainLine, 'a line of text, without line breaks and hidden characters')
const scalar = z.union([line, z.number(), z.boolean()])

/** `read`, `read mine` (only where the person is named on the record), `update while open` (only while its state is not a closed one). */
const plainPermission = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{0,63}( mine)?( while open)?$/,
    'an action, with "mine" or "while open" behind it where it is limited, such as "read mine"',
  )
/** `record.status`, `person.role` or `action.soft`. */
const attribute = z.string().regex(/^(record|person|action)\.[a-z][a-z0-9_]{0,63}$/)
/** Nothing in it limits nothing: it is more likely forgotten than meant. */
const holdsSomething = (group: object): boolean => Object.keys(group).length > 0
const comparisons = z.record(attribute, scalar).refine(holdsSomething, 'what an attribute must be, such as record.status: archived')
/** Limited by attributes: `{ write: { when: { person.role: admin }, unless: { record.status: archived } } }`. */
const conditions = z
  .strictObject({ when: comparisons.optional(), unless: comparisons.optional() })
  .refine(holdsSomething, { error: '"when" or "unless"', when: ({ issues }) => issues.length === 0 })
const conditionalPermission = z.record(plainPermission, conditions).refine(holdsSomething, 'an action with its conditions')
const permission = z.union([plainPermission, conditionalPermission], {
  error: 'an action such as "read mine", or one with conditions such as { write: { unless: { record.status: archived } } }',
})
const may = z.record(name, z.array(permission).max(200))

const state = z.strictObject({ name: words, closed: z.boolean().optional() })
const recordKind = z.strictObject({
  name: z.strictObject({
    one: words,
    many: words,
    number: z
      .string()
      .max(8)
      .regex(/^[A-Za-z0-9-]*$/, 'letters, digits and dashes')
      .optional(),
  }),
  /** Without states every record is "current", and nothing opens or closes it. */
  states: z.record(name, state).optional(),
  opens_as: name.optional(),
  closes_as: name.optional(),
  reopens_as: name.optional(),
  actions: z.record(name, words),
  /** How people are named on it; requester, point of contact and additional contact unless it says otherwise. */
  people: names.optional(),
  /** How partners are named on it. */
  partners: names.optional(),
  /** The kinds it can be part of; the kind of the one record it can refer to. */
  part_of: z.union([name, names]).optional(),
  refers_to: name.optional(),
  fields: z.record(name, z.enum(['text', 'number', 'boolean', 'list'])).optional(),
  /** Invoices, balances, payments: never given by a relation. */
  money: z.boolean().optional(),
})
const scopes = z.array(z.enum(['all', 'sites', 'records'])).min(1)
const homeRole = z.strictObject({
  includes: name.optional(),
  may: may.optional(),
  notices: names.optional(),
  scope: scopes.optional(),
  falls_back_to: name.optional(),
})
const allowance = {
  name: words,
  says: words,
  aliases: names.optional(),
  may: may.optional(),
  notices: names.optional(),
  scope: scopes.optional(),
}
const level = z.strictObject({ ...allowance, includes: name.optional() })
const right = z.strictObject(allowance)

/** What is written about a customer to everybody whose role, level or right brings it; and the one that people choose for themselves. */
const notice = z.strictObject({
  name: words,
  says: words,
  /** Whoever may do one of these at the customer gets it, and cannot decline it. */
  kept_by: z.record(name, z.array(name).min(1).max(200)).optional(),
  /** What is given does not bring it yet; taking this word away is all that it takes. */
  not_yet_for: z.array(z.enum(['partner'])).optional(),
  /** Each chooses it for oneself, and gets it whenever a record of this kind is opened. */
  when_opened: name.optional(),
})

/** One sort of users, told apart by the words of the portal. */
const named = z.strictObject({ name: words, says: words.optional() })

/** `is_customer`: such a partner is itself a customer, the one associated with it; a partner of another type is none. */
const partnerType = z.strictObject({ ...named.shape, is_customer: z.boolean().optional() })

/** `own`: one's partner; `same_type_and_reference`: the active partners with the same type and reference too. */
const partnerSet = z.array(z.enum(['own', 'same_type_and_reference'])).min(1)
const customerSet = z.strictObject({
  /** The partners that are the customer, are preferred by it, or are a customer that it is subordinate to: `own` or a partner set. */
  associated: name.optional(),
  preferred: name.optional(),
  subordinate: name.optional(),
  /** Only where no grant decides already. */
  unless: z.literal('granted').optional(),
})

export type Condition = string | { readonly [key: string]: string | boolean | readonly Condition[] }
/** A name, or the name of a part and of its relation: `order_line.lead_partner`. */
const conditionKey = z.string().regex(/^[a-z][a-z0-9_]{0,63}(\.[a-z][a-z0-9_]{0,63})?$/)
const noCondition = {
  error: 'the name of a row set, or what the row must be, such as { lead_partner: own } or { any: [one_row_set, another] }',
}
/** The name of another row set, `{ any: […] }`, `{ all: […] }`, or what the row must be: see check.ts for every key. */
const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union(
    [
      name,
      z
        .record(conditionKey, z.union([z.string().max(64), z.boolean(), z.array(condition).min(1).max(50)]))
        .refine(holdsSomething, 'at least one thing that the row must be'),
    ],
    noCondition,
  ),
)

/** A row of the page table: what it is called and shows, which switch it needs, and for each type of user which rows. */
const page = z.object({ name: words, shows: name.optional(), needs: name.optional() }).catchall(name)

const requests = z.strictObject({
  answered_by: names.min(1),
  lapse_after: period,
  /** Levels, roles and rights that one person alone does not approve: a second one who may answer must approve the same request; without one nobody gives them. */
  second_approver_for: names.optional(),
})
/** A customer invites partners, by their partner ID or by a link of theirs, and they accept. Roles of the shape `roles` that groups may have are given with it. */
const invitations = z.strictObject({ lapse_after: period })
const access = z.strictObject({
  shape: z.enum(['ladder', 'roles', 'rights']),
  levels: z.record(name, level).optional(),
  roles: z.record(name, right).optional(),
  rights: z.record(name, right).optional(),
  /** Of the shape rights: has every right, whatever the switches say. */
  administrator: z.strictObject({ name: words, says: words, may: may.optional(), notices: names.optional() }).optional(),
  reserved: names,
  /** How narrowly levels, roles and rights may be given, where they do not say it themselves; the whole customer alone, unless it is said. */
  scope: scopes.optional(),
  grantees: z.array(z.enum(['organization', 'group', 'person', 'vendor_person'])).min(1),
  precedence: z
    .array(z.enum(['person', 'group', 'organization']))
    .min(1)
    .max(3),
  term: z.strictObject({ default: period, longest: period }),
  /** Whether a partner's administrators may let in colleagues, until the customer chooses: not, at once (it is told), or by asking it. */
  colleagues: z.enum(['forbid', 'tell', 'ask']).optional(),
})
/** Something that is asked in the account's name: an action of "account", or something reserved, which is refused with what to do instead. */
const accountAsk = z.strictObject({
  name: words,
  says: words,
  action: name.optional(),
  /** Names somebody, with an e-mail address. */
  for_person: z.boolean().optional(),
  reserved: name.optional(),
})
const accountRequests = z.strictObject({
  /** The kind of record as which they are opened. */
  opens: name,
  /** The customer's role as whose word they count. */
  counts_as: name,
  asks: z.record(name, accountAsk),
})
const withoutGrant = z.strictObject({ where: name, may })

export const definitionSchema = z.strictObject({
  portal: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'a name: lower-case letters, digits and dashes'),
  names: z.strictObject({
    vendor: words,
    customer: words,
    partner: words,
    /** What the page is called on which roles are enabled for a partner, and the words that lead to it, the first one first. */
    partner_roles: z.strictObject({ title: words, at: z.array(words).min(1).max(8) }).optional(),
  }),
  records: z.record(name, recordKind),
  home: z.strictObject({ customer: z.record(name, homeRole), partner: z.record(name, homeRole), vendor: z.record(name, homeRole) }),
  access: access.optional(),
  requests: requests.optional(),
  invitations: invitations.optional(),
  account_requests: accountRequests.optional(),
  notices: z.record(name, notice).optional(),
  partner_types: z.record(name, partnerType).optional(),
  switches: z.record(name, named).optional(),
  partner_sets: z.record(name, partnerSet).optional(),
  customer_sets: z.record(name, customerSet).optional(),
  row_sets: z.record(name, condition).optional(),
  /** What a partner's people may do without a grant, because a record or its customer names their partner. */
  without_grant: z.array(withoutGrant).max(50).optional(),
  pages: z.record(name, page).optional(),
})

export type PortalDefinition = z.infer<typeof definitionSchema>
export type Permission = z.infer<typeof permission>
