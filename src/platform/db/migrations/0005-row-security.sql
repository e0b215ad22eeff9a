-- Restricted roles, privileges and row security. What depends on the portal definition (the records' policies) is generated when it is applied.
-- latchkey_app asks and acts for people and keys; latchkey_facts reads what a decision needs (context/load-facts.ts alone);
-- latchkey_system signs people in and delivers letters. None of them owns anything.

grant usage on schema public to latchkey_app, latchkey_facts, latchkey_system;
grant usage on all sequences in schema public to latchkey_app, latchkey_system;

do $$
declare t text;
begin
  foreach t in array array['organizations','sites','people','memberships','membership_sites','groups','group_members','relationships','access_requests','access_request_items','grants','grant_sites','grant_records','records','record_people',
    'record_partners','record_assignments','messages','record_events','files','audit_entries','outbox','sign_in_codes','sessions','passkeys','passkey_challenges','api_keys','imports',
    'import_changes','portal_definitions'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy operator on %I to latchkey_app using ((select app_operator())) with check ((select app_operator()))', t);
    execute format('create policy facts on %I for select to latchkey_facts using (true)', t);
    execute format('create policy system on %I to latchkey_system using (true) with check (true)', t);
  end loop;
end $$;

grant select on organizations, sites, people, memberships, membership_sites, groups, group_members, relationships, access_requests, access_request_items, grants,
  grant_sites, grant_records, records, record_people, record_partners, record_assignments, portal_definitions, api_keys to latchkey_facts;
grant select, insert, update on organizations, sites, people, memberships, groups, group_members, relationships, access_requests, access_request_items, grants, records, record_people,
  record_partners, messages, record_events, files, imports, import_changes, api_keys to latchkey_app;
grant delete on record_people, record_partners, messages, record_events, files, records, relationships, memberships, people, organizations, grants,
  access_requests, access_request_items to latchkey_app;
grant select, insert, delete on membership_sites, grant_sites, grant_records to latchkey_app;
grant delete on sites, groups, group_members to latchkey_app;
grant select on record_assignments to latchkey_app;
grant select, insert on audit_entries to latchkey_app;           -- append-only: no update, no delete
grant insert, select on outbox to latchkey_app;
grant select on portal_definitions, passkeys, sessions to latchkey_app;
grant update, delete on sessions, passkeys to latchkey_app;
grant select on organizations, people, memberships, groups, group_members, grants, relationships, records, record_people, portal_definitions to latchkey_system;
grant select, insert, update, delete on sign_in_codes, sessions, passkeys, passkey_challenges to latchkey_system;
grant select, update on outbox, access_requests, access_request_items, api_keys to latchkey_system;
grant insert on outbox, audit_entries to latchkey_system;

-- Definer functions: the allow-list of security.md. Each is the only way past a policy, and says just what it must.

-- The organizations that the acting organization may know by name: itself, the vendor, and those it has to do with.
create function known_organizations() returns setof uuid language sql stable security definer set search_path = pg_catalog, public as $$
  select app_organization()
  union all select id from organizations where kind = 'vendor' and app_organization() is not null
  union all select partner_id from relationships where customer_id = app_organization() and relation <> 'subordinate' and from_at <= app_now() and (until_at is null or until_at > app_now())
  union all select customer_id from relationships where partner_id = app_organization() and relation <> 'subordinate' and from_at <= app_now() and (until_at is null or until_at > app_now())
  union all select partner_id from grants where customer_id = app_organization()
  union all select customer_id from grants where partner_id = app_organization() and (person_id is null or person_id = app_person() or 'partner_administrator' = any (app_roles()))
  union all select partner_id from access_requests where customer_id = app_organization()
$$;

-- The customer that an address may answer for, or null. Asked by a partner's submission alone; the answer never reaches the asker.
create function customer_answered_by(address text, answering_roles text[]) returns uuid language sql stable security definer set search_path = pg_catalog, public as $$
  select o.id from people p join memberships m on m.person_id = p.id join organizations o on o.id = m.organization_id
  where p.email = lower(address) and o.kind = 'customer' and m.roles && answering_roles and m.from_at <= app_now() and (m.until_at is null or m.until_at > app_now())
$$;

-- Puts letters into the outbox for one person, or for everyone of an organization with one of the roles (no roles: everyone).
create function post_letter(letter text, to_person uuid, to_organization uuid, to_roles text[], except_person uuid, subject text, body_text text, body_html text,
  about_customer uuid, about_partner uuid, only_if jsonb, thread text) returns int language sql security definer set search_path = pg_catalog, public as $$
  with added as (
    insert into outbox (to_person_id, letter, subject, body_text, body_html, customer_id, partner_id, only_if, thread, created_at, next_attempt_at)
    select p.id, letter, subject, body_text, body_html, about_customer, about_partner, only_if, thread, app_now(), app_now()
    from people p join memberships m on m.person_id = p.id and m.from_at <= app_now() and (m.until_at is null or m.until_at > app_now())
    where (p.id = to_person or (to_person is null and m.organization_id = to_organization and (to_roles is null or m.roles && to_roles)))
      and p.id is distinct from except_person
    returning 1)
  select count(*)::int from added
$$;

revoke all on function known_organizations(), customer_answered_by(text, text[]),
  post_letter(text, uuid, uuid, text[], uuid, text, text, text, uuid, uuid, jsonb, text) from public;
grant execute on function known_organizations() to latchkey_app;
grant execute on function customer_answered_by(text, text[]) to latchkey_app;
grant execute on function post_letter(text, uuid, uuid, text[], uuid, text, text, text, uuid, uuid, jsonb, text) to latchkey_app, latchkey_system;

create policy known on organizations for select to latchkey_app using (id in (select known_organizations()));

-- People: one's own organization's; a customer also knows the people of partners it has to do with; anybody knows the people on a record they may read.
create policy known on people for select to latchkey_app using (
  id = (select app_person())
  or exists (select 1 from memberships m where m.person_id = people.id));
create policy shared on people for select to latchkey_app using (exists (select 1 from record_people r where r.person_id = people.id));
create policy known on memberships for select to latchkey_app using (
  organization_id = (select app_organization())
  or ((select app_side()) = 'customer' and organization_id in (select known_organizations())));

create policy known on sites for select to latchkey_app using (customer_id in (select known_organizations()));
create policy with_membership on membership_sites for select to latchkey_app using (exists (select 1 from memberships m where m.id = membership_id));
create policy known on groups for select to latchkey_app using (partner_id = (select app_organization())
  or exists (select 1 from grants g where g.group_id = groups.id and g.customer_id = (select app_organization())));
create policy with_group on group_members for select to latchkey_app using (exists (select 1 from groups g where g.id = group_id));
create policy with_grant on grant_sites for select to latchkey_app using (exists (select 1 from grants g where g.id = grant_id));
create policy with_grant on grant_records for select to latchkey_app using (exists (select 1 from grants g where g.id = grant_id));
-- What a grant covers is said when it is given, and never widened.
create policy give on grant_sites for insert to latchkey_app with check (exists (select 1 from grants g join sites s on s.customer_id = g.customer_id
  where g.id = grant_id and s.site_no = grant_sites.site_no and g.customer_id = (select app_organization()) and g.given_at = (select app_now())));
create policy give on grant_records for insert to latchkey_app with check (exists (select 1 from grants g where g.id = grant_id and g.customer_id = (select app_organization())
  and g.given_at = (select app_now())));
create policy own on relationships for select to latchkey_app using (customer_id = (select app_organization()) or partner_id = (select app_organization()));
create policy own_insert on relationships for insert to latchkey_app with check (customer_id = (select app_organization()) and relation = 'works_with');

create policy own on access_requests for select to latchkey_app using (customer_id = (select app_organization()) or partner_id = (select app_organization()));
create policy ask on access_requests for insert to latchkey_app with check (partner_id = (select app_organization()) and asked_by = (select app_person()));
create policy answer on access_requests for update to latchkey_app
  using (customer_id = (select app_organization()) or partner_id = (select app_organization()))
  with check (customer_id = (select app_organization()) or partner_id = (select app_organization()));
create policy own on access_request_items for select to latchkey_app using (exists (select 1 from access_requests r where r.id = request_id));
create policy ask on access_request_items for insert to latchkey_app with check (exists (select 1 from access_requests r where r.id = request_id and r.partner_id = (select app_organization())));
create policy answer on access_request_items for update to latchkey_app using (exists (select 1 from access_requests r where r.id = request_id))
  with check (exists (select 1 from access_requests r where r.id = request_id));

create policy own on grants for select to latchkey_app using (customer_id = (select app_organization()) or partner_id = (select app_organization()));
create policy give on grants for insert to latchkey_app with check (customer_id = (select app_organization()));
create policy finish on grants for update to latchkey_app using (customer_id = (select app_organization())) with check (customer_id = (select app_organization()));

-- What hangs on a record is seen with the record.
create policy with_record on record_people for select to latchkey_app using (exists (select 1 from records r where r.kind = record_people.kind and r.id = record_id));
create policy with_record on record_partners for select to latchkey_app using (exists (select 1 from records r where r.kind = record_partners.kind and r.id = record_id));
create policy with_record on messages for select to latchkey_app using (exists (select 1 from records r where r.kind = messages.kind and r.id = record_id));
create policy with_record on record_events for select to latchkey_app using (exists (select 1 from records r where r.kind = record_events.kind and r.id = record_id));
create policy with_record on files for select to latchkey_app using (exists (select 1 from records r where r.kind = files.kind and r.id = record_id));
create policy add_with_record on record_people for insert to latchkey_app with check (exists (select 1 from records r where r.kind = record_people.kind and r.id = record_id and r.customer_no = record_people.customer_no));
create policy change_with_record on record_people for update to latchkey_app using (exists (select 1 from records r where r.kind = record_people.kind and r.id = record_id));
create policy drop_with_record on record_people for delete to latchkey_app using (exists (select 1 from records r where r.kind = record_people.kind and r.id = record_id));
create policy add_with_record on messages for insert to latchkey_app with check (author_id = (select app_person()) and exists (select 1 from records r where r.kind = messages.kind and r.id = record_id and r.customer_no = messages.customer_no));
create policy add_with_record on record_events for insert to latchkey_app with check (exists (select 1 from records r where r.kind = record_events.kind and r.id = record_id and r.customer_no = record_events.customer_no));
create policy add_with_record on files for insert to latchkey_app with check (uploaded_by = (select app_person()) and exists (select 1 from records r where r.kind = files.kind and r.id = record_id and r.customer_no = files.customer_no));

create policy own on audit_entries for select to latchkey_app using (customer_id = (select app_organization()) or partner_id = (select app_organization()));
create policy write on audit_entries for insert to latchkey_app with check (actor_id is not distinct from (select coalesce(app_person(), nullif(current_setting('app.key', true), '')::uuid)));

create policy own on sessions for select to latchkey_app using (person_id = (select app_person()));
create policy own_end on sessions for update to latchkey_app using (person_id = (select app_person()));
create policy own on passkeys for select to latchkey_app using (person_id = (select app_person()));
create policy own_drop on passkeys for delete to latchkey_app using (person_id = (select app_person()));
create policy everyone on portal_definitions for select to latchkey_app using (true);
