-- That an access has ended is told once, to both sides: noted beside its reminders, with no day before its end.
alter table reminders drop constraint reminders_days_check, add constraint reminders_days_check check (days >= 0);
-- What had ended before the import began that brought it in is nobody's news.
grant select on imports to latchkey_system;
grant select (id, import_id, place, key, before) on import_changes to latchkey_system;
create index import_changes_of_new_grants on import_changes (key) where place = 'grants' and before is null;

-- When a partner gives access up, takes a colleague out, or an access ends by its day, nobody of the customer acts, and whoever acts may not read the records
-- (any more). Therefore these three pass the policies: for people of the actor's own organization, or for the server's own work.
create function hands_over(of_person uuid) returns boolean language sql stable as $$
  select current_setting('role') = 'latchkey_system' or exists (select 1 from memberships m where m.person_id = of_person
    and m.organization_id = app_organization() and m.from_at <= app_now() and (m.until_at is null or m.until_at > app_now()))
$$;
revoke all on function hands_over(uuid) from public;

create function contacts_of_open(of_kind text, of_customer int, of_people uuid[], in_states text[])
  returns table (record_id bigint, number text, site_no int, person_id uuid) language sql stable security definer set search_path = pg_catalog, public as $$
  select n.record_id, r.number, r.site_no, n.person_id from record_people n join records r on r.kind = n.kind and r.id = n.record_id
  where n.kind = of_kind and n.customer_no = of_customer and n.relation = 'point_of_contact' and n.person_id = any (of_people)
    and r.state = any (in_states) and hands_over(n.person_id) order by n.record_id
$$;

-- To whom each record went; null: to nobody, because the customer has nobody for it.
create function hand_over_to_customer(of_kind text, of_records bigint[], to_roles text[]) returns table (record_id bigint, heir text)
  language sql volatile security definer set search_path = pg_catalog, public as $$
  select named.record_id, hand_over_record(of_kind, named.record_id, named.person_id, to_roles, true)
  from (select n.record_id, n.person_id from record_people n where n.kind = of_kind and n.record_id = any (of_records) and n.relation = 'point_of_contact'
    and hands_over(n.person_id) order by n.record_id) as named
$$;

create function drop_copied_in(of_kind text, of_customer int, of_people uuid[]) returns int
  language sql volatile security definer set search_path = pg_catalog, public as $$
  with dropped as (delete from record_people n where n.kind = of_kind and n.customer_no = of_customer and n.relation = 'additional_contact'
    and n.person_id = any (of_people) and hands_over(n.person_id) returning 1)
  select count(*)::int from dropped
$$;
revoke all on function contacts_of_open(text, int, uuid[], text[]), hand_over_to_customer(text, bigint[], text[]), drop_copied_in(text, int, uuid[]) from public;
grant execute on function contacts_of_open(text, int, uuid[], text[]), hand_over_to_customer(text, bigint[], text[]), drop_copied_in(text, int, uuid[])
  to latchkey_app, latchkey_system;
