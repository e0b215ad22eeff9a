-- The people of an organization, and who looks after them: in their own organization by a home role (at single sites too), at a customer by what it gave.

-- The home roles whose holders add or change people; what is given that lets others do so, or see who the people are. Written anew with each definition.
create function people_keepers() returns text[] language sql immutable parallel safe as $$ select '{}'::text[] $$;
create function people_keeping() returns text[] language sql immutable parallel safe as $$ select '{}'::text[] $$;
create function people_reading() returns text[] language sql immutable parallel safe as $$ select '{}'::text[] $$;

-- The organizations whose people the actor may change.
create function organizations_kept() returns setof uuid language sql stable security definer set search_path = pg_catalog, public as $$
  select o.id from organizations o where o.id = app_organization() and not is_suspended(o.suspended_at) and (app_roles() && people_keepers()
    or exists (select 1 from memberships m join membership_sites n on n.membership_id = m.id where m.person_id = app_person() and m.organization_id = o.id
      and m.from_at <= app_now() and (m.until_at is null or m.until_at > app_now()) and n.role = any (people_keepers())))
  union select customer_id from my_standing_grants() where scope in ('all', 'sites') and gives && people_keeping()
$$;

-- The customers whose people the actor may see by what it was given.
create function organizations_met() returns setof uuid language sql stable security definer set search_path = pg_catalog, public as $$
  select customer_id from my_standing_grants() where scope in ('all', 'sites') and gives && people_reading()
$$;

create policy met on memberships for select to latchkey_app using (organization_id in (select organizations_met()));
-- A membership begins and ends now; what it gave until then is never rewritten.
create policy begin on memberships for insert to latchkey_app with check (
  organization_id in (select organizations_kept()) and from_at = (select app_now()) and until_at is null);
create policy finish on memberships for update to latchkey_app
  using (organization_id in (select organizations_kept()) and (until_at is null or until_at > (select app_now()))) with check (until_at = (select app_now()));
create trigger keep_columns before update on memberships for each row execute function keep_columns('until_at');
create policy begin on membership_sites for insert to latchkey_app with check (exists (
  select 1 from memberships m join sites s on s.customer_id = m.organization_id
  where m.id = membership_id and s.site_no = membership_sites.site_no and m.from_at = (select app_now()) and m.organization_id in (select organizations_kept())));
create policy met on sites for select to latchkey_app using (customer_id in (select organizations_met()));

-- The person with the address who has no home now, or a new one; null: whoever has the address is at home somewhere. Only for whoever may give them a
-- home, and the answer never reaches the asker: to them it looks the same.
create function take_in(of_organization uuid, address text, called text, speaks text) returns uuid
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare known uuid;
begin
  if not (app_operator() or of_organization in (select organizations_kept())) then
    raise exception 'nobody is taken in for others' using errcode = 'insufficient_privilege';
  end if;
  select id into known from people where email = lower(address);
  if known is null then
    insert into people (email, name, language, created_at) values (lower(address), called, speaks, app_now()) returning id into known;
    return known;
  end if;
  if exists (select 1 from memberships m where m.person_id = known and (m.until_at is null or m.until_at > app_now())) then return null; end if;
  -- Whoever was here before is known to others by their name: nobody else renames them.
  return known;
end $$;

-- How often people were added, let go and given other roles in the last hour: by the actor anywhere, and at an organization by anybody.
create index audit_of_people_moved on audit_entries (at) where what in ('person.added', 'person.disabled', 'person.roles_changed');
create function people_moved(of_organization uuid) returns table (by_actor bigint, at_organization bigint)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select count(*) filter (where actor_id = coalesce(app_person(), nullif(current_setting('app.key', true), '')::uuid)),
    count(*) filter (where customer_id = of_organization or partner_id = of_organization)
  from audit_entries where what in ('person.added', 'person.disabled', 'person.roles_changed') and at > app_now() - interval '1 hour'
    and (app_operator() or of_organization in (select organizations_kept()))
$$;

-- Whether an address got a letter about being among an organization's people within the last day. The answer never reaches the asker.
create function told_today(of_organization uuid, which text, address text) returns boolean
  language sql stable security definer set search_path = pg_catalog, public as $$
  select (app_operator() or of_organization in (select organizations_kept())) and exists (select 1 from outbox o left join people p on p.id = o.to_person_id
    where o.letter = which and o.created_at > app_now() - interval '1 day' and coalesce(o.to_address, p.email) = lower(address))
$$;

-- Who of an organization has ever signed in; sessions themselves are seen by nobody but their person.
create function who_signed_in(of_organization uuid) returns setof uuid language sql stable security definer set search_path = pg_catalog, public as $$
  select distinct s.person_id from sessions s join memberships m on m.person_id = s.person_id and m.organization_id = of_organization and s.created_at >= m.from_at
  where app_operator() or of_organization = app_organization() or of_organization in (select organizations_met())
$$;

-- Contacts who do not sign in here: those that somebody only wrote down, and those who were asked to sign in and are at home elsewhere.
create table contact_entries (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references organizations,
  name text not null check (length(name) between 1 and 200),
  email text not null check (email = lower(email) and length(email) <= 254),
  asked_to_sign_in boolean not null,
  roles text[] not null default '{}',                   -- what they were to have
  site_roles jsonb not null default '[]' check (jsonb_typeof(site_roles) = 'array'),
  added_at timestamptz not null,
  ended_at timestamptz
);
create unique index one_open_contact_entry on contact_entries (organization_id, email) where ended_at is null;

-- Whose word counts when they call the vendor: a person, or a contact who does not sign in.
create table validated_contacts (
  organization_id uuid not null references organizations,
  contact_id uuid not null,
  validated_at timestamptz not null,
  primary key (organization_id, contact_id)
);

do $$
declare t text;
begin
  foreach t in array array['contact_entries', 'validated_contacts'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy operator on %I to latchkey_app using ((select app_operator())) with check ((select app_operator()))', t);
    execute format('create policy own on %I for select to latchkey_app using (organization_id = (select app_organization()) or organization_id in (select organizations_met()))', t);
  end loop;
end $$;
grant select, insert, update on contact_entries to latchkey_app;
grant select, insert, update, delete on validated_contacts to latchkey_app;   -- an import alone updates: no policy lets anybody else
create policy write_down on contact_entries for insert to latchkey_app with check (
  organization_id in (select organizations_kept()) and added_at = (select app_now()) and ended_at is null);
create policy change on contact_entries for update to latchkey_app
  using (organization_id in (select organizations_kept())) with check (organization_id in (select organizations_kept()));
create trigger keep_columns before update on contact_entries for each row execute function keep_columns('roles', 'site_roles', 'ended_at', 'asked_to_sign_in');
-- Whose word counts is for the organization's own to say (CD-051), never for whoever it gave access.
create policy mark on validated_contacts for insert to latchkey_app with check (
  organization_id = (select app_organization()) and organization_id in (select organizations_kept()) and validated_at = (select app_now()));
create policy unmark on validated_contacts for delete to latchkey_app using (
  organization_id = (select app_organization()) and organization_id in (select organizations_kept()));

revoke all on function organizations_kept(), organizations_met(), who_signed_in(uuid), take_in(uuid, text, text, text), people_moved(uuid),
  told_today(uuid, text, text) from public;
grant execute on function organizations_kept(), organizations_met(), who_signed_in(uuid), take_in(uuid, text, text, text), people_moved(uuid),
  told_today(uuid, text, text) to latchkey_app;
