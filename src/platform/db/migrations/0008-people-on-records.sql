-- People as one meets them on records: where they work, and what they hold at the record's customer. More definer functions of the allow-list of security.md.

-- Whether the acting organization has to do with a customer at all: is it, or has been given access that is in force.
create function deals_with(of_customer int) returns boolean language sql stable security definer set search_path = pg_catalog, public as $$
  select app_operator() or exists (select 1 from organizations c
    where c.customer_no = of_customer and not is_suspended(c.suspended_at) and c.id = app_organization())
    or exists (select 1 from my_standing_grants() g where g.customer_no = of_customer)
$$;

-- Name and home of people whose ids one holds already: from records that one may read, where partners meet each other's people.
create function homes_of(of_people uuid[])
  returns table (person_id uuid, person_name text, organization_id uuid, organization_name text, side text)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select p.id, p.name, o.id, o.name, o.kind
  from people p
  left join memberships m on m.person_id = p.id and m.from_at <= app_now() and (m.until_at is null or m.until_at > app_now())
  left join organizations o on o.id = m.organization_id
  where p.id = any (of_people)
$$;

-- Id and name of customers whose numbers one holds already: from records that one may read.
create function customers_numbered(of_numbers int[]) returns table (customer_no int, customer_id uuid, customer_name text)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select o.customer_no, o.id, o.name from organizations o where o.customer_no = any (of_numbers)
$$;

-- The names of organizations whose ids one holds already: of those for which a message was written on a record that one may read.
create function organizations_named(of_organizations uuid[]) returns table (organization_id uuid, organization_name text, side text)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select id, name, kind from organizations where id = any (of_organizations)
$$;

-- Who could be named on a customer's records: its own people, then the people with access. A partner meets only its own
-- people here, and cannot spell out the addresses of the customer's.
create function people_nameable(of_customer int, search text, at_most int) returns table (person_id uuid, own boolean)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select p.id, o.customer_no is not distinct from of_customer
  from people p
  join memberships m on m.person_id = p.id and m.from_at <= app_now() and (m.until_at is null or m.until_at > app_now())
  join organizations o on o.id = m.organization_id and not is_suspended(o.suspended_at)
  where deals_with(of_customer)
    and (search is null or strpos(lower(p.name), lower(search)) > 0 or (strpos(p.email, lower(search)) > 0
      and (app_operator() or app_organization() in (o.id, (select id from organizations where customer_no = of_customer)))))
    and (o.customer_no = of_customer or ((o.id = app_organization() or app_operator() or app_organization() = (select id from organizations where customer_no = of_customer))
      and exists (select 1 from grants g join organizations c on c.id = g.customer_id where c.customer_no = of_customer and g.partner_id = o.id)
      and exists (select 1 from standing_grants(p.id, o.id, o.kind, app_now()) g where g.customer_no = of_customer)))
  order by 2 desc, p.name, p.id limit at_most
$$;

-- The next number of a kind that no record has, whoever may see that record.
create function next_record_number(of_kind text, prefix text) returns text language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare candidate text;
begin
  loop
    candidate := prefix || nextval('record_numbers');
    exit when not exists (select 1 from records where kind = of_kind and number = candidate)
      and not exists (select 1 from records where kind = of_kind and external_id = candidate);
  end loop;
  return candidate;
end $$;

-- Whether this very transaction opened the record. Who opens a record names themselves and its point of contact before they can read it as theirs.
create function opened_now(of_kind text, of_record bigint, of_customer int) returns boolean language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (select 1 from records where kind = of_kind and id = of_record and customer_no = of_customer and xmin = pg_current_xact_id()::xid)
$$;
create policy name_when_opening on record_people for insert to latchkey_app
  with check (added_by = (select app_person()) and opened_now(kind, record_id, customer_no));

revoke all on function deals_with(int), homes_of(uuid[]), organizations_named(uuid[]), customers_numbered(int[]), people_nameable(int, text, int),
  next_record_number(text, text), opened_now(text, bigint, int) from public;
grant execute on function deals_with(int), homes_of(uuid[]), organizations_named(uuid[]), customers_numbered(int[]), people_nameable(int, text, int),
  next_record_number(text, text), opened_now(text, bigint, int) to latchkey_app;
