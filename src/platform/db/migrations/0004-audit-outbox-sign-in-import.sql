-- Audit, outbox, sign-in, API keys, imports, portal definitions.

create table audit_entries (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  what text not null check (length(what) <= 64),        -- access_request.approved, grant.removed, …
  actor_kind text not null check (actor_kind in ('person', 'key', 'system', 'nobody')),
  actor_id uuid,                                        -- person or key
  actor_name text not null check (length(actor_name) <= 200),
  actor_organization_id uuid,
  customer_id uuid,                                     -- whose account it concerns
  partner_id uuid,                                      -- which partner it concerns
  on_kind text check (length(on_kind) <= 64),
  on_id text check (length(on_id) <= 200),
  grant_id uuid,                                        -- by which grant, where one decided
  detail jsonb not null default '{}',                   -- before, after, names as they were
  request_ref text check (length(request_ref) <= 200)   -- the HTTP request id
);
create index audit_of_customer on audit_entries (customer_id, id);
create index audit_of_partner on audit_entries (partner_id, id);
create index audit_of_grant on audit_entries (grant_id) where grant_id is not null;

create table outbox (
  id uuid primary key default gen_random_uuid(),
  to_person_id uuid references people,
  to_address text check (length(to_address) <= 254),    -- only for letters to somebody who is no person here
  letter text not null check (length(letter) <= 64),    -- the letter's name, e.g. access-request-approved
  subject text not null check (length(subject) <= 300),
  body_text text not null check (length(body_text) <= 100000),
  body_html text not null check (length(body_html) <= 200000),
  customer_id uuid,
  partner_id uuid,
  only_if jsonb,                                        -- a question that must still be answered yes at the moment of sending
  thread text check (length(thread) <= 200),            -- letters about one thing share it (Message-ID threads)
  created_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'held', 'dropped', 'dead')),
  attempts int not null default 0,
  next_attempt_at timestamptz not null,
  last_error text check (length(last_error) <= 1000),
  message_id text check (length(message_id) <= 300),
  done_at timestamptz
);
create index outbox_waiting on outbox (next_attempt_at) where state = 'waiting';
create index outbox_newest on outbox (created_at desc);

create table sign_in_codes (
  id uuid primary key default gen_random_uuid(),
  email text not null check (length(email) <= 254),
  code_hash text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  attempts int not null default 0,
  used_at timestamptz
);
create index sign_in_codes_of_email on sign_in_codes (email, created_at desc);

create table sessions (
  id uuid primary key default gen_random_uuid(),
  token_hash text not null unique,
  person_id uuid not null references people,
  how text not null check (how in ('code', 'passkey')),
  user_agent text check (length(user_agent) <= 300),
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index sessions_of_person on sessions (person_id);

create table passkeys (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references people,
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null check (length(name) between 1 and 100),
  created_at timestamptz not null,
  last_used_at timestamptz
);
create table passkey_challenges (
  id uuid primary key default gen_random_uuid(),
  challenge text not null unique,
  person_id uuid references people,
  purpose text not null check (purpose in ('register', 'sign_in')),
  expires_at timestamptz not null
);

create table api_keys (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 100),
  hash text not null unique,
  side text not null check (side in ('vendor', 'customer', 'partner')),
  organization_id uuid not null references organizations,
  operator boolean not null default false,
  created_at timestamptz not null,
  expires_at timestamptz,
  ended_at timestamptz,
  last_used_at timestamptz
);

create table imports (
  id uuid primary key default gen_random_uuid(),
  file_name text check (length(file_name) <= 300),
  dry_run boolean not null,
  trust_grants boolean not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  state text not null default 'running' check (state in ('running', 'done', 'failed', 'undone')),
  counts jsonb not null default '{}',
  undone_at timestamptz
);
create table import_changes (
  id bigint generated always as identity primary key,
  import_id uuid not null references imports,
  batch int not null,
  place text not null check (length(place) <= 64),      -- the table
  key text not null check (length(key) <= 200),
  before jsonb                                          -- null: the row is new
);
create index import_changes_of_import on import_changes (import_id, id);

create table portal_definitions (
  version int primary key,
  name text not null,
  checksum text not null,
  source text not null,
  applied_at timestamptz not null,
  applied_by text check (length(applied_by) <= 200)     -- who put it in force; null: a start of the server, from the file that LATCHKEY_PORTAL names
);
