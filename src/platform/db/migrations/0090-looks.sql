-- Looking through somebody's eyes (BX-01): what a look may read, in a role of its own. The role has the rights and policies of latchkey_app, and these
-- policies take away from them: whatever is not the one customer's, whatever is somebody's own account, and every write.

-- The look of a session: whom it is through (no person: somebody at the partner who has only what everybody there has), and from when until when.
alter table sessions
  add column look_id uuid,
  add column look_partner_id uuid,
  add column look_person_id uuid,
  add column look_from timestamptz,
  add column look_until timestamptz,
  add constraint look_is_whole check (num_nulls(look_id, look_partner_id, look_from, look_until) in (0, 4) and (look_id is not null or look_person_id is null));
drop trigger keep_columns on sessions;
create trigger keep_columns before update on sessions for each row
  execute function keep_columns('ended_at', 'focus_customer_id', 'look_id', 'look_partner_id', 'look_person_id', 'look_from', 'look_until');

-- The number of the customer that is looked at, and the kinds of record of which whoever looks may see every one there; nothing outside of a look.
create function app_look_customer() returns int language sql stable parallel safe as $$ select nullif(current_setting('app.look_customer', true), '')::int $$;
create function app_look_kinds() returns text[] language sql stable parallel safe as $$ select string_to_array(current_setting('app.look_kinds', true), ',') $$;

-- Closes to looks every table that does not say what of it they may read: those of here, and (called after every migration) those of later ones.
create function close_to_looks() returns void language plpgsql as $$
declare t text;
begin
  for t in select relname from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relrowsecurity
    and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'look_writes_nothing') loop
    execute format('create policy look_writes_nothing on %I as restrictive for delete to latchkey_look using (false)', t);
    if not exists (select 1 from pg_policies where schemaname = 'public' and tablename = t and policyname = 'look') then
      execute format('create policy look on %I as restrictive to latchkey_look using (false) with check (false)', t);
    end if;
  end loop;
end $$;
revoke all on function close_to_looks() from public;

-- What a look may read of a table, besides what the policies for everybody say. "true": they are enough. Who works at the partner and is in the groups to
-- which the customer gave something, a customer knows anyway.
do $$
declare
  t text;
  readable jsonb := jsonb_build_object(
    'organizations', 'true', 'sites', 'customer_id = (select app_focus())', 'people', 'true', 'portal_definitions', 'true', 'record_assignments', 'true',
    'memberships', 'organization_id in ((select app_focus()), (select app_organization()))', 'membership_sites', 'true',
    'groups', 'exists (select 1 from grants g where g.group_id = groups.id)', 'group_members', 'true',
    'relationships', 'customer_id = (select app_focus())', 'links', 'customer_id = (select app_focus())', 'grants', 'customer_id = (select app_focus())',
    'grant_sites', 'true', 'grant_records', 'true', 'colleague_choices', 'customer_id = (select app_focus())',
    'contact_entries', 'organization_id = (select app_focus())', 'validated_contacts', 'organization_id = (select app_focus())');
begin
  foreach t in array array['records', 'record_people', 'record_partners', 'messages', 'record_events', 'files', 'record_counts'] loop
    readable := readable || jsonb_build_object(t, 'customer_no = (select app_look_customer()) and kind = any ((select app_look_kinds())::text[])');
  end loop;
  for t in select jsonb_object_keys(readable) loop
    execute format('create policy look on %I as restrictive to latchkey_look using (%s) with check (false)', t, readable ->> t);
  end loop;
  perform close_to_looks();
end $$;
