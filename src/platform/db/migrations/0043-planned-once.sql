-- Functions that policies and lists ask again and again, written so that each connection plans them once: in SQL they were planned at every call,
-- and asked for the actor's settings at every row. What they answer is as before.

create or replace function known_organizations() returns setof uuid
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  me uuid := app_person(); ours uuid := app_organization(); at timestamptz := app_now();
  administers boolean := 'partner_administrator' = any (app_roles());
begin
  if ours is null then return; end if;
  return next ours;
  return query
    select id from organizations where kind = 'vendor'
    union all select partner_id from relationships where customer_id = ours and relation <> 'subordinate' and from_at <= at and (until_at is null or until_at > at)
    union all select customer_id from relationships where partner_id = ours and relation <> 'subordinate' and from_at <= at and (until_at is null or until_at > at)
    union all select partner_id from grants where customer_id = ours
    union all select customer_id from grants where partner_id = ours and (person_id is null or person_id = me or administers)
    union all select partner_id from access_requests where customer_id = ours;
end $$;

create or replace function homes_of(of_people uuid[])
  returns table (person_id uuid, person_name text, organization_id uuid, organization_name text, side text)
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
#variable_conflict use_column
declare at timestamptz := app_now();
begin
  return query select p.id, p.name, o.id, o.name, o.kind
    from people p
    left join memberships m on m.person_id = p.id and m.from_at <= at and (m.until_at is null or m.until_at > at)
    left join organizations o on o.id = m.organization_id
    where p.id = any (of_people);
end $$;

create or replace function customers_numbered(of_numbers int[]) returns table (customer_no int, customer_id uuid, customer_name text)
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
#variable_conflict use_column
begin
  return query select o.customer_no, o.id, o.name from organizations o where o.customer_no = any (of_numbers);
end $$;

create or replace function partners_of(of_organization uuid, alike boolean, at timestamptz) returns setof uuid
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return query select o.id from organizations o where o.id = of_organization and o.kind = 'partner' and (o.suspended_at is null or o.suspended_at > at);
  if not alike then return; end if;
  return query select o.id from organizations me join organizations o on o.partner_type = me.partner_type and o.reference = me.reference and o.id <> me.id
    where me.id = of_organization and me.kind = 'partner' and o.kind = 'partner' and o.reference is not null
      and (me.suspended_at is null or me.suspended_at > at) and (o.suspended_at is null or o.suspended_at > at);
end $$;

create or replace function my_partners(alike boolean) returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  if app_person() is null then return '{}'; end if;
  return array(select partners_of(app_organization(), alike, app_now()));
end $$;

create or replace function customers_of_partner(of_partner uuid, relations text[], at timestamptz) returns setof uuid
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return query with recursive direct as (
    select r.customer_id, r.relation from relationships r where r.partner_id = of_partner and r.relation in ('associated', 'preferred')
      and r.from_at <= at and (r.until_at is null or r.until_at > at)),
  below as (
    select r.customer_id from direct d join organizations c on c.id = d.customer_id and (c.suspended_at is null or c.suspended_at > at)
      join relationships r on r.partner_id = d.customer_id and r.relation = 'subordinate' and r.from_at <= at and (r.until_at is null or r.until_at > at)
    where d.relation = 'associated' and 'subordinate' = any (relations)
    union
    select r.customer_id from below b join organizations c on c.id = b.customer_id and (c.suspended_at is null or c.suspended_at > at)
      join relationships r on r.partner_id = b.customer_id and r.relation = 'subordinate' and r.from_at <= at and (r.until_at is null or r.until_at > at))
  select customer_id from direct where relation = any (relations)
  union select customer_id from below;
end $$;

create or replace function suspended_customers() returns bytea language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare at timestamptz := app_now();
begin
  return bitmap_of(array(select customer_no from organizations where suspended_at <= at and kind = 'customer'));
end $$;

create or replace function my_attribute(name text) returns jsonb language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return (select p.attributes -> my_attribute.name from people p where p.id = app_person());
end $$;

-- Grants of a partner, whoever they are for: its own page, and the organizations it knows.
create index grants_with_partner on grants (partner_id) include (customer_id, person_id);

-- Which of some records the actor may read, by the very expression of the row policy; written anew with each definition. What hangs on records asks
-- this and not the table: with the policies of all kinds each statement would take up to seconds to plan.
create function readable_records(of_kind text, of_ids bigint[]) returns bigint[]
  language plpgsql stable security definer set search_path = pg_catalog, public as $$ begin return '{}'; end $$;

create function reads_record(of_kind text, of_id bigint) returns boolean
  language plpgsql stable security definer cost 1000 set search_path = pg_catalog, public as $$
begin
  return of_id = any (readable_records(of_kind, array[of_id]));
end $$;

-- The same, and that it is a record of that customer; of no customer none is.
create function reads_record_of(of_kind text, of_id bigint, of_customer int) returns boolean
  language plpgsql stable security definer cost 1000 set search_path = pg_catalog, public as $$
begin
  return reads_record(of_kind, of_id) and exists (select from records r where r.kind = of_kind and r.id = of_id and r.customer_no = of_customer);
end $$;

alter policy with_record on record_people using (reads_record(kind, record_id));
alter policy change_with_record on record_people using (reads_record(kind, record_id));
alter policy drop_with_record on record_people using (reads_record(kind, record_id));
alter policy add_with_record on record_people with check (reads_record_of(kind, record_id, customer_no));
alter policy with_record on record_partners using (reads_record(kind, record_id));
alter policy with_record on messages using (reads_record(kind, record_id));
alter policy add_with_record on messages
  with check (author_id = (select app_person()) and author_organization_id = (select app_organization()) and reads_record_of(kind, record_id, customer_no));
alter policy with_record on record_events using (reads_record(kind, record_id));
alter policy add_with_record on record_events with check (reads_record_of(kind, record_id, customer_no));
alter policy with_record on files using (reads_record(kind, record_id));
alter policy add_with_record on files with check (uploaded_by = (select app_person()) and reads_record_of(kind, record_id, customer_no));

-- The people named on some records that one may read, in the order in which they are named; and those of the records to which a partner that one may
-- know is assigned. For lists: the records are asked about once, and not for each row.
create function people_on(of_kind text, of_ids bigint[]) returns table (record_id bigint, relation text, person_id uuid)
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
#variable_conflict use_column
declare readable bigint[] := readable_records(of_kind, of_ids);
begin
  return query select n.record_id, n.relation, n.person_id from record_people n where n.kind = of_kind and n.record_id = any (readable)
    order by n.record_id, array_position(array['point_of_contact', 'additional_contact', 'requester'], n.relation), n.added_at, n.person_id;
end $$;

create function with_partners(of_kind text, of_ids bigint[]) returns setof bigint
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare readable bigint[] := readable_records(of_kind, of_ids); operates boolean := app_operator();
begin
  return query select distinct p.record_id from record_partners p where p.kind = of_kind and p.record_id = any (readable)
    and (operates or p.partner_id in (select known_organizations()));
end $$;

revoke all on function readable_records(text, bigint[]), people_on(text, bigint[]), with_partners(text, bigint[]), reads_record(text, bigint), reads_record_of(text, bigint, int) from public;
grant execute on function readable_records(text, bigint[]), people_on(text, bigint[]), with_partners(text, bigint[]), reads_record(text, bigint), reads_record_of(text, bigint, int) to latchkey_app;

-- About how many records some customers have, and which part of all that is; only for choosing how to go through a list. Of many customers a hundred
-- are looked at.
create function size_of(customers int[], out records real, out share real) language plpgsql stable set plan_cache_mode = force_generic_plan as $$
declare
  looked_at int[] := array(select customers[place] from generate_series(1, cardinality(customers), greatest(cardinality(customers) / 100, 1)) place);
  -- What the database estimates; before it ever looked, or where it found nothing, what is counted.
  everything real := (select sum(case when p.reltuples > 0 then p.reltuples else
      (select sum(c.change) from record_counts c where c.kind = substr(p.relname, 9) and c.state = '') end)
    from pg_inherits i join pg_class p on p.oid = i.inhrelid where i.inhparent = 'records'::regclass);
  kinds text[] := array(select substr(p.relname, 9) from pg_inherits i join pg_class p on p.oid = i.inhrelid where i.inhparent = 'records'::regclass);
  theirs bigint;
begin
  if looked_at = '{}' then records := 0; share := 0; return; end if;
  select sum(found.many) into theirs from unnest(looked_at) n (no) cross join unnest(kinds) k (kind)
    cross join lateral (select sum(c.change) as many from record_counts c where c.kind = k.kind and c.state = '' and c.customer_no = n.no) found;
  records := coalesce(theirs, 0)::real * cardinality(customers) / cardinality(looked_at);
  share := records / greatest(everything, 1);
end $$;
revoke all on function size_of(int[]) from public;
