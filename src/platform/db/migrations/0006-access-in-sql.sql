-- The law's reading in SQL: which customers the actor reaches, computed from the grants themselves and not from what the application believes.

-- The visible customers as a bitmap (bit n: the customer with number n) for whom the actor's effective access is one of the levels,
-- or whose own people with one of the home roles the actor is. A person's own grant is considered before the organization's (OR-012),
-- and replaces it, also downward (OR-014). Dates are compared with the question's instant; nobody needs to switch anything off.
create function access_customers(levels text[], home_roles text[]) returns bytea language sql stable security definer set search_path = pg_catalog, public as $$
  with mine as (
    select distinct on (g.customer_id) g.customer_id, g.level
    from grants g join organizations p on p.id = g.partner_id and not is_suspended(p.suspended_at)
      join organizations c on c.id = g.customer_id and not is_suspended(c.suspended_at)
    where app_person() is not null and g.partner_id = app_organization()
      and (g.person_id = app_person() or (g.person_id is null and app_side() = 'partner'))
      and g.confirmed_at <= app_now() and g.from_at <= app_now() and g.until_at > app_now() and (g.ended_at is null or g.ended_at > app_now())
    order by g.customer_id, (g.person_id is null)
  ),
  numbers as (
    select o.customer_no from mine join organizations o on o.id = mine.customer_id where mine.level = any (levels)
    union
    select o.customer_no from organizations o
    where o.id = app_organization() and o.kind = 'customer' and not is_suspended(o.suspended_at) and app_roles() && home_roles
  ),
  bytes as (select customer_no >> 3 as place, bit_or(1 << (customer_no & 7)) as bits from numbers where customer_no is not null group by 1)
  select coalesce(decode(string_agg(lpad(to_hex(coalesce(b.bits, 0)), 2, '0'), '' order by s.place), 'hex'), ''::bytea)
  from generate_series(0, (select max(place) from bytes)) s (place) left join bytes b using (place)
$$;

-- Whether a bitmap holds a customer; beyond its end it does not (a customer may be created meanwhile).
create function holds_customer(bitmap bytea, customer_no int) returns boolean language sql immutable parallel safe as
$$ select case when customer_no < 8 * length(bitmap) then get_bit(bitmap, customer_no) = 1 else false end $$;

-- The records of a kind on which the acting person is named in one of the relations.
create function my_records(of_kind text, relations text[]) returns bigint[] language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(array_agg(distinct record_id), '{}') from record_people
  where person_id = app_person() and kind = of_kind and relation = any (relations)
$$;

revoke all on function access_customers(text[], text[]), my_records(text, text[]) from public;
grant execute on function access_customers(text[], text[]), my_records(text, text[]) to latchkey_app;
