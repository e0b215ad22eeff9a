-- What an actor reaches, kept: the customers of each sort of access as a bitmap, built here from the grants, and used only while it is exactly
-- what would be built anew. Nobody but the functions of this file reads or writes these tables (docs/decisions/0060-lists-at-speed.md).

-- The sorts of access that the portal's rules ask for; written anew with each definition. The star stands for any grant that decides.
create table access_sorts (gives text[] primary key);
insert into access_sorts values ('{*}');

-- Whose reach changed, and in which transaction: rows are only added, so that writers never wait for one another. All zeros: anybody's.
create table reach_changes (
  organization_id uuid not null,
  changed_by xid8 not null default pg_current_xact_id()
);
create index reach_changes_of on reach_changes (organization_id, changed_by);

create table kept_reach (
  person_id uuid not null references people on delete cascade,
  gives text[] not null,
  organization_id uuid not null,
  side text not null,
  customers bytea not null,                             -- the bitmap
  numbers int[] not null,                               -- the same customers one by one
  share real not null,                                  -- about which part of all records is theirs, for choosing a plan and nothing else
  records real not null,                                -- about how many that is, for the same
  has_narrow boolean not null,                          -- whether a grant that decides is for sites or records only
  from_at timestamptz not null,                         -- from here
  until_at timestamptz not null,                        -- to here, without it, dates alone change nothing
  seen pg_snapshot not null,                            -- what its builder saw: a change that is not in it makes it void
  kept_by xid8 not null default pg_current_xact_id(),   -- its writer; in a restored copy of the database the row's own is another one
  primary key (person_id, gives)
);
create index kept_reach_of_organization on kept_reach (organization_id);
alter table kept_reach alter customers set storage external, alter numbers set storage external;

do $$ declare t text; begin
  foreach t in array array['access_sorts', 'reach_changes', 'kept_reach'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy nobody on %I using (false)', t);
  end loop;
end $$;

create index suspended_organizations on organizations (suspended_at) where suspended_at is not null;

-- What is kept of a person and exact: at the instant, and in the snapshot of the statement that reads it.
create function exact_reach(of_person uuid, of_organization uuid, of_side text, at timestamptz) returns setof kept_reach language sql stable as $$
  select k.* from kept_reach k
  where k.person_id = of_person and k.organization_id = of_organization and k.side = of_side and k.from_at <= at and at < k.until_at
    and k.xmin = xid(k.kept_by)
    and not exists (select 1 from reach_changes c where c.organization_id = any (array[of_organization, '00000000-0000-0000-0000-000000000000'])
      and c.changed_by >= pg_snapshot_xmin(k.seen) and not pg_visible_in_snapshot(c.changed_by, k.seen))
$$;

-- The actor's own customer, where one of the home roles is theirs.
create function own_customer(home_roles text[]) returns int language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  if app_side() <> 'customer' or not app_roles() && home_roles then return null; end if;
  return (select o.customer_no from organizations o where o.id = app_organization() and o.kind = 'customer' and not is_suspended(o.suspended_at));
end $$;

-- The customers at whom the actor is given one of these for the whole customer, or whose own people with one of the home roles the actor is.
-- Joined to nothing, a kept bitmap is taken out of its storage once and not for every row that asks it.
create or replace function access_customers(of_gives text[], home_roles text[]) returns bytea
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  found_customers bytea; own int := own_customer(home_roles);
  me uuid := app_person(); ours uuid := app_organization(); my_side text := app_side(); at timestamptz := app_now();
begin
  if of_gives <> '{}' then
    select k.customers || ''::bytea into found_customers from exact_reach(me, ours, my_side, at) k where k.gives = of_gives;
    if found_customers is null then
      found_customers := bitmap_of(array(select customer_no from standing_grants(me, ours, my_side, at) where scope = 'all' and gives && of_gives));
    end if;
  end if;
  if own is null then return coalesce(found_customers, ''); end if;
  if coalesce(length(found_customers), 0) * 8 <= own then
    found_customers := coalesce(found_customers, '') || decode(repeat('00', (own >> 3) + 1 - coalesce(length(found_customers), 0)), 'hex');
  end if;
  return set_bit(found_customers, own, 1);
end $$;

-- The same customers one by one, for going through them.
create function access_numbers(of_gives text[], home_roles text[]) returns int[]
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  found_numbers int[]; own int := own_customer(home_roles);
  me uuid := app_person(); ours uuid := app_organization(); my_side text := app_side(); at timestamptz := app_now();
begin
  if of_gives <> '{}' then
    select k.numbers into found_numbers from exact_reach(me, ours, my_side, at) k where k.gives = of_gives;
    if found_numbers is null then return numbers_of(access_customers(of_gives, home_roles)); end if;
  end if;
  return case when own is null or own = any (found_numbers) then coalesce(found_numbers, '{}') else coalesce(found_numbers, '{}') || own end;
end $$;

create function numbers_of(bitmap bytea) returns int[] language sql immutable parallel safe as
$$ select array(select n from generate_series(0, 8 * length(bitmap) - 1) n where get_bit(bitmap, n) = 1) $$;

-- Every customer at whom a grant decides for the actor, whatever it gives. Those are among the organizations that one may know by name.
create function standing_customers() returns bytea language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  found_customers bytea;
  me uuid := app_person(); ours uuid := app_organization(); my_side text := app_side(); at timestamptz := app_now();
begin
  select k.customers || ''::bytea into found_customers from exact_reach(me, ours, my_side, at) k where k.gives = '{*}';
  if found_customers is not null then return found_customers; end if;
  return bitmap_of(array(select customer_no from standing_grants(me, ours, my_side, at)));
end $$;

alter policy known on organizations using (holds_number((select standing_customers()), customer_no) or id in (select known_organizations()));

-- Whether the actor may hold a grant for sites or records only: where that is kept, and exact, it need not be looked for.
create function may_have_narrow() returns boolean language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare me uuid := app_person(); ours uuid := app_organization(); my_side text := app_side(); at timestamptz := app_now();
begin
  return coalesce((select k.has_narrow from exact_reach(me, ours, my_side, at) k where k.gives = '{*}'), true);
end $$;

create or replace function access_sites(of_gives text[], home_roles text[]) returns bytea
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare given int[] := '{}';
begin
  if may_have_narrow() then
    given := array(select s.site_no from my_standing_grants() g join grant_sites n on n.grant_id = g.id
      join sites s on s.site_no = n.site_no and s.customer_id = g.customer_id where g.scope = 'sites' and g.gives && of_gives);
  end if;
  return bitmap_of(given || array(
    select s.site_no from memberships m join membership_sites n on n.membership_id = m.id join sites s on s.site_no = n.site_no and s.customer_id = m.organization_id
      join organizations o on o.id = m.organization_id and not is_suspended(o.suspended_at)
    where m.person_id = app_person() and m.organization_id = app_organization() and m.from_at <= app_now() and (m.until_at is null or m.until_at > app_now())
      and n.role = any (home_roles)));
end $$;

create or replace function access_records(of_kind text, of_gives text[]) returns bigint[]
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  if not may_have_narrow() then return '{}'; end if;
  return array(select distinct r.id from my_standing_grants() g join grant_records n on n.grant_id = g.id
    join records r on r.kind = n.kind and r.id = n.record_id and r.customer_no = g.customer_no
    where g.scope = 'records' and g.gives && of_gives and n.kind = of_kind);
end $$;

create or replace function my_records(of_kind text, relations text[]) returns bigint[]
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return (select coalesce(array_agg(distinct record_id), '{}') from record_people
    where person_id = app_person() and kind = of_kind and relation = any (relations));
end $$;

create or replace function related_customers(relations text[], alike boolean, unless_granted boolean) returns bytea
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare related int[];
begin
  related := array(select distinct c.customer_no from unnest(my_partners(alike)) as p (id) cross join lateral customers_of_partner(p.id, relations, app_now()) as related (id)
    join organizations c on c.id = related.id and not is_suspended(c.suspended_at));
  if related = '{}' or not unless_granted then return bitmap_of(related); end if;
  return bitmap_of(array(select n from unnest(related) n where not holds_number((select standing_customers()), n)));
end $$;

create or replace function deals_with(of_customer int) returns boolean language sql stable security definer set search_path = pg_catalog, public as $$
  select app_operator() or exists (select 1 from organizations c
    where c.customer_no = of_customer and not is_suspended(c.suspended_at) and c.id = app_organization())
    or holds_number((select standing_customers()), of_customer)
$$;

-- What is kept of the actor, for choosing how to go through lists; null where nothing exact is kept.
create function reach_at_hand() returns jsonb language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare me uuid := app_person(); ours uuid := app_organization(); my_side text := app_side(); at timestamptz := app_now();
begin
  return (select jsonb_agg(jsonb_build_object('gives', k.gives, 'customers', cardinality(k.numbers), 'share', k.share, 'records', k.records)) from exact_reach(me, ours, my_side, at) k);
end $$;

-- The next date that may change what a person reaches, or infinity: of a grant, a group, a membership in one, a suspension.
create function next_reach_date(of_person uuid, of_organization uuid, of_side text, at timestamptz) returns timestamptz
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(min(date), 'infinity') from (
    select unnest(array[from_at, until_at, confirmed_at, ended_at]) as date from grants
      where partner_id = of_organization and (person_id = of_person or (person_id is null and of_side = 'partner'))
    union all
    select unnest(array[u.created_at, u.ended_at, m.from_at, m.until_at]) from group_members m join groups u on u.id = m.group_id where m.person_id = of_person
    union all
    select suspended_at from organizations where suspended_at > at
  ) as dates where date > at
$$;

-- Builds the reach of one person anew and keeps it. Whoever asks, what is kept is the truth of the grants.
create function keep_reach(of_person uuid, of_organization uuid, of_side text, at timestamptz) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'what a person reaches is kept by a transaction of its own, which sees what was committed before each statement';
  end if;
  -- Not while a definition is being put in force: what has begun to be seen of it is not yet known to every plan.
  lock table access_sorts in share mode;
  -- One at a time for an organization; every statement that follows sees what was committed before.
  perform pg_advisory_xact_lock(40, hashtext(of_organization::text));
  -- Transactions that are still to come: this database was restored from a copy of another.
  delete from reach_changes where changed_by >= pg_snapshot_xmax(pg_current_snapshot()) and changed_by <> pg_current_xact_id();
  insert into kept_reach (person_id, gives, organization_id, side, customers, numbers, share, records, has_narrow, from_at, until_at, seen)
  with standing as materialized (select * from standing_grants(of_person, of_organization, of_side, at)),
  reached as (
    select s.gives, array(select distinct g.customer_no from standing g where s.gives = '{*}' or (g.scope = 'all' and g.gives && s.gives) order by 1) as numbers
    from access_sorts s)
  select of_person, gives, of_organization, of_side, bitmap_of(numbers), numbers, size.share, size.records,
    exists (select 1 from standing where scope <> 'all'), at, (select next_reach_date(of_person, of_organization, of_side, at)), pg_current_snapshot()
  from reached cross join lateral size_of(numbers) size
  on conflict (person_id, gives) do update set organization_id = excluded.organization_id, side = excluded.side, customers = excluded.customers,
    numbers = excluded.numbers, share = excluded.share, records = excluded.records, has_narrow = excluded.has_narrow, from_at = excluded.from_at, until_at = excluded.until_at,
    seen = excluded.seen, kept_by = excluded.kept_by;
  delete from kept_reach k where k.organization_id = of_organization and (k.gives not in (select s.gives from access_sorts s)
    or exists (select 1 from reach_changes c where c.organization_id = of_organization and not pg_visible_in_snapshot(c.changed_by, k.seen)));
  -- A change that everything kept has seen need not be remembered. Nobody keeps an older view meanwhile: there is the lock.
  delete from reach_changes where organization_id = of_organization
    and changed_by < (select min(pg_snapshot_xmin(k.seen)) from kept_reach k where k.organization_id = of_organization);
end $$;

-- What changes whose reach.
create function reach_changed() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if tg_op <> 'INSERT' then insert into reach_changes (organization_id) select distinct partner_id from before_change; end if;
  if tg_op <> 'DELETE' then insert into reach_changes (organization_id) select distinct partner_id from after_change; end if;
  return null;
end $$;
create trigger reach_given after insert on grants referencing new table as after_change for each statement execute function reach_changed();
create trigger reach_altered after update on grants referencing old table as before_change new table as after_change for each statement execute function reach_changed();
create trigger reach_taken after delete on grants referencing old table as before_change for each statement execute function reach_changed();
create trigger reach_given after insert on groups referencing new table as after_change for each statement execute function reach_changed();
create trigger reach_altered after update on groups referencing old table as before_change new table as after_change for each statement execute function reach_changed();
create trigger reach_taken after delete on groups referencing old table as before_change for each statement execute function reach_changed();

create function members_changed() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if tg_op <> 'INSERT' then
    insert into reach_changes (organization_id) select distinct u.partner_id from before_change m join groups u on u.id = m.group_id;
  end if;
  if tg_op <> 'DELETE' then
    insert into reach_changes (organization_id) select distinct u.partner_id from after_change m join groups u on u.id = m.group_id;
  end if;
  return null;
end $$;
create trigger members_added after insert on group_members referencing new table as after_change for each statement execute function members_changed();
create trigger members_altered after update on group_members referencing old table as before_change new table as after_change
  for each statement execute function members_changed();
create trigger members_taken after delete on group_members referencing old table as before_change for each statement execute function members_changed();

create function organization_changed() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into reach_changes (organization_id) values ('00000000-0000-0000-0000-000000000000');
  return null;
end $$;
create trigger reach_altered after update on organizations for each row
  when ((old.kind, old.customer_no, old.suspended_at) is distinct from (new.kind, new.customer_no, new.suspended_at)) execute function organization_changed();
create trigger reach_emptied after truncate on grants for each statement execute function organization_changed();
create trigger reach_emptied after truncate on group_members for each statement execute function organization_changed();

revoke all on function exact_reach(uuid, uuid, text, timestamptz), own_customer(text[]), access_numbers(text[], text[]), numbers_of(bytea), standing_customers(), may_have_narrow(),
  reach_at_hand(), next_reach_date(uuid, uuid, text, timestamptz), keep_reach(uuid, uuid, text, timestamptz), reach_changed(), members_changed(),
  organization_changed() from public;
grant execute on function access_numbers(text[], text[]), standing_customers(), numbers_of(bytea), reach_at_hand(), keep_reach(uuid, uuid, text, timestamptz) to latchkey_app;
grant execute on function reach_at_hand() to latchkey_facts;
