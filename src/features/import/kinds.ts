// Every kind of line, by its name.
import { accessRequestLines } from './access-request-lines.ts'
import { colleagueChoiceLines } from './colleague-choice-lines.ts'
import { grantLines } from './grant-lines.ts'
import { groupLines, groupMemberLines } from './group-lines.ts'
import { invitationLines } from './invitation-lines.ts'
import { linkLines, noticeChoiceLines, validatedContactLines } from './kept-lines.ts'
import { pastMembershipLines } from './membership-lines.ts'
import { organizationLines } from './organization-lines.ts'
import { eventLines, fileLines, messageLines } from './part-lines.ts'
import { personLines } from './person-lines.ts'
import { recordLines } from './record-lines.ts'
import { relationshipLines } from './relationship-lines.ts'
import { siteLines } from './site-lines.ts'
import type { WorldKind } from './world-kind.ts'
import type { LineKind, WorldLine } from './world-lines.ts'

const kinds = {
  vendor: organizationLines('vendor'),
  customer: organizationLines('customer'),
  partner: organizationLines('partner'),
  site: siteLines,
  person: personLines,
  past_membership: pastMembershipLines,
  relationship: relationshipLines,
  group: groupLines,
  group_member: groupMemberLines,
  validated_contact: validatedContactLines,
  colleague_choice: colleagueChoiceLines,
  notice_choice: noticeChoiceLines,
  link: linkLines,
  invitation: invitationLines,
  access_request: accessRequestLines,
  record: recordLines,
  grant: grantLines,
  message: messageLines,
  event: eventLines,
  file: fileLines,
}

/** The kind of a name. Lines of one kind are only ever handed to their own, which the type cannot say for a name known at run time. */
export const kindOf = (name: LineKind): WorldKind<WorldLine> => kinds[name] as unknown as WorldKind<WorldLine>
