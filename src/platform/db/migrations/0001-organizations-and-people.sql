-- Organizations, people, memberships, relationships, and the settings that every question carries.
-- Settings of a question (transaction-local, set by the door's opening statement):
--   app.now            the instant of the question            app.person        the acting person, or empty
--   app.organization   the acting organization, or empty      app.side          customer | partner | vendor | empty
--   app.roles          home roles, comma separated            app.operator      on: the vendor's operator (automation, import)

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
  suspended_at timestamptz,
  created_at timestamptz not null default now(),
  unique (kind, external_id),
  check ((kind = 'customer') = (customer_no is not null))
);
create unique index one_vendor on organizations ((true)) where kind = 'vendor';

create table people (
  id uuid primary key default gen_random_uuid(),
  external_id text unique check (length(external_id) between 1 and 200),
  email text not null unique check (email = lower(email) and length(email) <= 254),
  name text not null check (length(name) between 1 and 200),
  language text not null default 'en' check (length(language) <= 35),
  time_zone text check (length(time_zone) <= 64),
  created_at timestamptz not null default now()
);

-- A person has one home organization and roles in it; a change closes one membership and opens the next, so the past stays answerable.
create table memberships (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references people,
  organization_id uuid not null references organizations,
  roles text[] not null default '{}',
  from_at timestamptz not null,
  until_at timestamptz,
  check (until_at is null or until_at > from_at)
);
create unique index one_open_membership on memberships (person_id) where until_at is null;
create index memberships_of_organization on memberships (organization_id);
create index memberships_of_person on memberships (person_id);

create table relationships (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references organizations,
  partner_id uuid not null references organizations,
  from_at timestamptz not null,
  until_at timestamptz,
  check (until_at is null or until_at > from_at)
);
create unique index one_open_relationship on relationships (customer_id, partner_id) where until_at is null;
create index relationships_of_partner on relationships (partner_id);
