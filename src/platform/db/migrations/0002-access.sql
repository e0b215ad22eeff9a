-- Access requests and grants. A grant is never edited: a change ends it (replaced) and gives a new one.

create table access_requests (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity unique,
  partner_id uuid not null references organizations,
  asked_by uuid not null references people,
  addressed_to text not null check (length(addressed_to) <= 254),
  customer_id uuid references organizations,          -- null: the address belongs to no access manager; the asker cannot tell
  ends_on date not null,
  reason text not null check (length(reason) between 1 and 1000),
  state text not null default 'pending' check (state in ('pending', 'approved', 'denied', 'withdrawn', 'lapsed')),
  asked_at timestamptz not null,
  lapses_at timestamptz not null,
  answered_by uuid references people,
  answered_at timestamptz,
  answer_reason text check (length(answer_reason) <= 1000)
);
create index access_requests_of_customer on access_requests (customer_id, state);
create index access_requests_of_partner on access_requests (partner_id, state);

create table access_request_items (
  id uuid primary key default gen_random_uuid(),
  request_id uuid not null references access_requests,
  person_id uuid references people,                    -- null: everyone at the partner
  level text check (length(level) <= 64),              -- null: roles or rights alone
  rights text[] not null default '{}',                 -- roles or rights, beside a level or alone
  pending_customer_id uuid,                            -- the customer while the request waits, else null
  pending_partner_id uuid,
  granted_level text,                                  -- what the answer gave; with no rights either: not given
  granted_rights text[],
  grant_id uuid,
  check (level is not null or cardinality(rights) > 0)
);
create index access_request_items_of_request on access_request_items (request_id);
create unique index one_pending_request on access_request_items
  (pending_customer_id, pending_partner_id, coalesce(person_id, '00000000-0000-0000-0000-000000000000'::uuid)) where pending_customer_id is not null;

create table grants (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity unique,
  external_id text unique check (length(external_id) between 1 and 200),
  customer_id uuid not null references organizations,
  partner_id uuid not null references organizations,   -- the grantee's organization: a partner, or the vendor for its own people
  person_id uuid references people,
  group_id uuid references groups,                     -- with no person and no group: everyone at the partner
  level text check (length(level) <= 64),              -- null: roles or rights alone
  rights text[] not null default '{}',                 -- roles or rights, beside a level or alone
  scope text not null default 'all' check (scope in ('all', 'sites', 'records')),
  from_at timestamptz not null,
  until_at timestamptz not null,
  confirmed_at timestamptz,                            -- null: imported and not yet confirmed, gives nothing
  reason text check (length(reason) <= 1000),
  given_by uuid references people,
  given_at timestamptz not null,
  request_id uuid references access_requests,
  replaces uuid references grants,
  ended_at timestamptz,
  ended_by uuid references people,
  end_kind text check (end_kind in ('removed', 'replaced', 'relinquished')),
  end_reason text check (length(end_reason) <= 1000),
  check (until_at > from_at),
  check ((ended_at is null) = (end_kind is null)),
  check (person_id is null or group_id is null),
  check (level is not null or cardinality(rights) > 0)
);
create unique index one_standing_grant on grants
  (customer_id, partner_id, coalesce(person_id, group_id, '00000000-0000-0000-0000-000000000000'::uuid)) where ended_at is null and scope = 'all';

-- What a grant with a narrower scope covers; without a row here it covers nothing.
create table grant_sites (
  grant_id uuid not null references grants on delete cascade,
  site_no int not null references sites,
  primary key (grant_id, site_no)
);
create table grant_records (
  grant_id uuid not null references grants on delete cascade,
  kind text not null,
  record_id bigint not null,
  primary key (grant_id, kind, record_id)
);
create index grants_of_customer on grants (customer_id);
create index grants_of_partner on grants (partner_id) where person_id is null and group_id is null;
create index grants_of_group on grants (group_id) where group_id is not null;
create index grants_of_person on grants (person_id) where person_id is not null;
