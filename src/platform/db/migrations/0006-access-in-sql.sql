-- The law's reading in SQL: what the actor reaches, computed from the grants and relations themselves and not from what the application believes.

-- Numbers as a bitmap (bit n: n is one of them).
create function bitmap_of(numbers int[]) returns bytea language sql immutable parallel safe as $$
  with bytes as (select n >> 3 as place, bit_or(1 << (n & 7)) as bits from unnest(numbers) as n where n is not null group by 1)
  select coalesce(decode(string_agg(lpad(to_hex(coalesce(b.bits, 0)), 2, '0'), '' order by s.place), 'hex'), ''::bytea)
  from generate_series(0, (select max(place) from bytes)) s (place) left join bytes b using (place)
$$;

-- Whether a bitmap holds a number; beyond its end it does not (a customer may be created meanwhile), and no number is in none.
create function holds_number(bitmap bytea, number int) returns boolean language sql immutable parallel safe as
$$ select case when number < 8 * length(bitmap) then get_bit(bitmap, number) = 1 else false end $$;

-- The sorts of grantee that the portal knows; written anew with each definition, until which there are none.
create function known_grantees() returns text[] language sql immutable parallel safe as $$ select '{}'::text[] $$;
-- The home roles of partners that may fill groups; written anew with each definition, too.
create function group_fillers() returns text[] language sql immutable parallel safe as $$ select '{}'::text[] $$;

-- The grants that decide for a person at an instant, customer by customer: the most specific grantee's, which replace the others also downward
-- (OR-012, OR-014). Dates are compared; nobody needs to switch anything off. Nobody is reached at a suspended organization.
create function standing_grants(of_person uuid, of_organization uuid, of_side text, at timestamptz)
  returns table (id uuid, customer_id uuid, customer_no int, gives text[], scope text)
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
#variable_conflict use_column
begin
  return query with reaching as (
    select g.*, 0 as tier from grants g where g.person_id = of_person
    union all
    select g.*, 1 from grants g join groups u on u.id = g.group_id and u.partner_id = g.partner_id and u.created_at <= at and (u.ended_at is null or u.ended_at > at)
      join group_members m on m.group_id = u.id and m.person_id = of_person and m.from_at <= at and (m.until_at is null or m.until_at > at)
    where of_side = 'partner'
    union all
    select g.*, 2 from grants g where g.partner_id = of_organization and g.person_id is null and g.group_id is null and of_side = 'partner' and of_person is not null
  ),
  ranked as (
    select r.id, r.customer_id, c.customer_no, case when r.level is null then r.rights else r.level || r.rights end as gives, r.scope,
      r.tier, min(r.tier) over (partition by r.customer_id) as deciding
    from reaching r join organizations c on c.id = r.customer_id and (c.suspended_at is null or c.suspended_at > at)
      join organizations p on p.id = r.partner_id and (p.suspended_at is null or p.suspended_at > at)
    where r.partner_id = of_organization
      and r.confirmed_at <= at and r.from_at <= at and r.until_at > at and (r.ended_at is null or r.ended_at > at)
  )
  select id, customer_id, customer_no,
    case when (array[case when of_side = 'vendor' then 'vendor_person' else 'person' end, 'group', 'organization'])[tier + 1] = any (known_grantees())
      then gives else '{}' end, scope
  from ranked where tier = deciding;
end $$;

create function my_standing_grants() returns table (id uuid, customer_id uuid, customer_no int, gives text[], scope text)
  language sql stable security definer set search_path = pg_catalog, public as
$$ select * from standing_grants(app_person(), app_organization(), app_side(), app_now()) $$;

-- The customers at whom the actor is given one of these for the whole customer, or whose own people with one of the home roles the actor is.
create function access_customers(of_gives text[], home_roles text[]) returns bytea language sql stable security definer set search_path = pg_catalog, public as $$
  select bitmap_of(array(
    select customer_no from my_standing_grants() where scope = 'all' and gives && of_gives
    union all
    select customer_no from organizations o
    where o.id = app_organization() and o.kind = 'customer' and not is_suspended(o.suspended_at) and app_roles() && home_roles))
$$;

-- The sites at which the actor is given one of these, or has one of the home roles.
create function access_sites(of_gives text[], home_roles text[]) returns bytea language sql stable security definer set search_path = pg_catalog, public as $$
  select bitmap_of(array(
    select s.site_no from my_standing_grants() g join grant_sites n on n.grant_id = g.id join sites s on s.site_no = n.site_no and s.customer_id = g.customer_id
    where g.scope = 'sites' and g.gives && of_gives
    union all
    select s.site_no from memberships m join membership_sites n on n.membership_id = m.id join sites s on s.site_no = n.site_no and s.customer_id = m.organization_id
      join organizations o on o.id = m.organization_id and not is_suspended(o.suspended_at)
    where m.person_id = app_person() and m.organization_id = app_organization() and m.from_at <= app_now() and (m.until_at is null or m.until_at > app_now())
      and n.role = any (home_roles)))
$$;

-- The records of a kind for which alone the actor is given one of these.
create function access_records(of_kind text, of_gives text[]) returns bigint[] language sql stable security definer set search_path = pg_catalog, public as $$
  select array(select distinct r.id from my_standing_grants() g join grant_records n on n.grant_id = g.id
    join records r on r.kind = n.kind and r.id = n.record_id and r.customer_no = g.customer_no
    where g.scope = 'records' and g.gives && of_gives and n.kind = of_kind)
$$;

-- The records of a kind on which the acting person is named in one of the relations.
create function my_records(of_kind text, relations text[]) returns bigint[] language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(array_agg(distinct record_id), '{}') from record_people
  where person_id = app_person() and kind = of_kind and relation = any (relations)
$$;

-- The acting person's partner; alike: and the active partners of the same type and reference.
create function partners_of(of_organization uuid, alike boolean, at timestamptz) returns setof uuid language sql stable security definer set search_path = pg_catalog, public as $$
  select o.id from organizations o where o.id = of_organization and o.kind = 'partner' and (o.suspended_at is null or o.suspended_at > at)
  union
  select o.id from organizations me join organizations o on o.partner_type = me.partner_type and o.reference = me.reference
  where alike and me.id = of_organization and me.kind = 'partner' and o.kind = 'partner' and o.reference is not null
    and (me.suspended_at is null or me.suspended_at > at) and (o.suspended_at is null or o.suspended_at > at)
$$;
create function my_partners(alike boolean) returns uuid[] language sql stable security definer set search_path = pg_catalog, public as
$$ select array(select partners_of(app_organization(), alike, app_now()) where app_person() is not null) $$;

-- The customers related to a partner at an instant: associated with it, preferring it, or subordinate (in any number of steps, none of them through a
-- suspended customer) to an associated one.
create function customers_of_partner(of_partner uuid, relations text[], at timestamptz) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, public as $$
  with recursive direct as (
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
  union select customer_id from below
$$;

-- Those customers of the actor's partner (or of active ones alike), as a bitmap; unless_granted: without those where a grant decides already.
create function related_customers(relations text[], alike boolean, unless_granted boolean) returns bytea language sql stable security definer set search_path = pg_catalog, public as $$
  select bitmap_of(array(
    select c.customer_no from unnest(my_partners(alike)) as p (id) cross join lateral customers_of_partner(p.id, relations, app_now()) as related (id)
      join organizations c on c.id = related.id and not is_suspended(c.suspended_at)
    where not unless_granted or not exists (select 1 from my_standing_grants() g where g.customer_id = c.id)))
$$;

create function suspended_customers() returns bytea language sql stable security definer set search_path = pg_catalog, public as
$$ select bitmap_of(array(select customer_no from organizations where kind = 'customer' and is_suspended(suspended_at))) $$;

-- What is known of the acting person.
create function my_attribute(name text) returns jsonb language sql stable security definer set search_path = pg_catalog, public as
$$ select attributes -> name from people where id = app_person() $$;

revoke all on function standing_grants(uuid, uuid, text, timestamptz), my_standing_grants(), access_customers(text[], text[]), access_sites(text[], text[]),
  access_records(text, text[]), my_records(text, text[]), partners_of(uuid, boolean, timestamptz), my_partners(boolean), suspended_customers(),
  customers_of_partner(uuid, text[], timestamptz), related_customers(text[], boolean, boolean), my_attribute(text) from public;
grant execute on function access_customers(text[], text[]), access_sites(text[], text[]), access_records(text, text[]), my_records(text, text[]),
  my_partners(boolean), suspended_customers(), related_customers(text[], boolean, boolean), my_attribute(text) to latchkey_app;

create policy mine on record_assignments for select to latchkey_app using (partner_id = any ((select my_partners(true))::uuid[]));
