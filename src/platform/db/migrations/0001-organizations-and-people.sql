-- Organizations, people, memberships, relationships, and the settings that every question carries.
-- Settings of a question (transaction-local, set by the door's opening statement):
--   app.now            the instant of the question            app.person        the acting person, or empty
--   app.organization   the acting organization, or empty      app.side          customer | partner | vendor | empty
--   app.roles          home roles, comma separated            app.operator      on: the vendor's operator (automation, import)
--   app.focus          the one customer to which the session is locked, or empty
--   app.type           partner type, customers, or empty      app.switches      switches that are on, comma separated

create function app_now() returns timestamptz language sql stable parallel safe as
$$ select nullif(current_setting('app.now', true), '')::timestamptz $$;
create function app_person() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('app.person', true), '')::uuid $$;
create function app_organization() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('app.organization', true), '')::uuid $$;
create function app_side() returns text language sql stable parallel safe as
$$ select coalesce(current_setting('app.side', true), '') $$;
create function app_roles() returns text[] language sql stable parallel safe as
$$ select string_to_array(coalesce(current_setting('app.roles', true), ''), ',') $$;
-- A partner's type, or customers for the people of a customer; empty for everybody else and for people of a suspended organization.
create function app_type() returns text language sql stable parallel safe as
$$ select coalesce(current_setting('app.type', true), '') $$;
create function app_switches() returns text[] language sql stable parallel safe as
$$ select string_to_array(coalesce(current_setting('app.switches', true), ''), ',') $$;
create function app_operator() returns boolean language sql stable parallel safe as
$$ select coalesce(current_setting('app.operator', true), '') = 'on' $$;

-- Whether an organization is suspended at the question's instant.
create function is_suspended(since timestamptz) returns boolean language sql stable parallel safe as
$$ select since is not null and since <= app_now() $$;

create sequence customer_numbers as int minvalue 0 start 0;

create table organizations (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('customer', 'partner', 'vendor')),
  name text not null check (length(name) between 1 and 200),
  external_id text check (length(external_id) between 1 and 200),
  customer_no int unique,
  time_zone text not null default 'UTC' check (length(time_zone) <= 64),
  email_domain text check (length(email_domain) <= 253),
  partner_type text check (length(partner_type) <= 64), -- of partners, where the definition knows types
  reference text check (length(reference) <= 200),      -- of partners: active ones of the same type and reference share what is assigned to them
  suspended_at timestamptz,
  created_at timestamptz not null default now(),
  unique (kind, external_id),
  check ((kind = 'customer') = (customer_no is not null)),
  check (kind = 'partner' or (partner_type is null and reference is null))
);
create index partners_alike on organizations (partner_type, reference) where kind = 'partner' and reference is not null;
create unique index one_vendor on organizations ((true)) where kind = 'vendor';

create table people (
  id uuid primary key default gen_random_uuid(),
  external_id text unique check (length(external_id) between 1 and 200),
  email text not null unique check (email = lower(email) and length(email) <= 254),
  name text not null check (length(name) between 1 and 200),
  language text not null default 'en' check (length(language) <= 35),
  time_zone text check (length(time_zone) <= 64),
  attributes jsonb not null default '{}' check (jsonb_typeof(attributes) = 'object'),
  created_at timestamptz not null default now()
);

-- A customer's sites. Their numbers are dense, for bitmaps.
create sequence site_numbers as int minvalue 0 start 0;
create table sites (
  site_no int primary key default nextval('site_numbers'),
  customer_id uuid not null references organizations,
  customer_no int not null references organizations (customer_no),
  external_id text check (length(external_id) between 1 and 200),
  name text not null check (length(name) between 1 and 200),
  unique (customer_id, external_id),
  unique (site_no, customer_no)
);

-- A person has one home organization and roles in it; a change closes one membership and opens the next, so the past stays answerable.
create table memberships (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references people,
  organization_id uuid not null references organizations,
  roles text[] not null default '{}',                  -- for the whole organization
  switches text[] not null default '{}',               -- those that are on
  from_at timestamptz not null,
  until_at timestamptz,
  check (until_at is null or until_at > from_at)
);
create unique index one_open_membership on memberships (person_id) where until_at is null;
create index memberships_of_organization on memberships (organization_id);
create index memberships_of_person on memberships (person_id);

-- Roles that a membership gives at single sites only; the same role once for each site (MI-040).
create table membership_sites (
  membership_id uuid not null references memberships on delete cascade,
  role text not null check (length(role) <= 64),
  site_no int not null references sites,
  primary key (membership_id, role, site_no)
);

-- A group of a partner's people; its administrator fills it. What is given to a group is given to its members of the moment.
create table groups (
  id uuid primary key default gen_random_uuid(),
  external_id text unique check (length(external_id) between 1 and 200),
  partner_id uuid not null references organizations,
  name text not null check (length(name) between 1 and 300),
  created_at timestamptz not null,
  ended_at timestamptz
);
create index groups_of_partner on groups (partner_id);
create table group_members (
  id uuid primary key default gen_random_uuid(),
  group_id uuid not null references groups on delete cascade,
  person_id uuid not null references people,
  from_at timestamptz not null,
  until_at timestamptz,
  check (until_at is null or until_at > from_at)
);
create unique index one_open_group_membership on group_members (group_id, person_id) where until_at is null;
create index group_members_of_person on group_members (person_id);

-- How a customer is related to a partner: works_with gives nothing by itself; associated: the partner is that customer; preferred: the customer's
-- preferred partner; subordinate: to another customer, which stands in partner_id.
create table relationships (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references organizations,
  partner_id uuid not null references organizations,
  relation text not null default 'works_with' check (relation in ('works_with', 'associated', 'preferred', 'subordinate')),
  from_at timestamptz not null,
  until_at timestamptz,
  check (until_at is null or until_at > from_at)
);
create unique index one_open_relationship on relationships (customer_id, partner_id, relation) where until_at is null;
create index relationships_of_partner on relationships (partner_id, relation);
create index relationships_of_customer on relationships (customer_id, relation);
