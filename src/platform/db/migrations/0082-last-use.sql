-- When a person of a partner or of the vendor last opened or changed something of a customer: to the hour, in one row a person and customer (BX-02).
-- Written by the door after a question whose answer was yes, and read by the customer; kept after the access ended.

create table access_uses (
  customer_id uuid not null references organizations on delete cascade,
  person_id uuid not null references people on delete cascade,
  last_used_at timestamptz not null,
  primary key (customer_id, person_id)
);
alter table access_uses enable row level security;
create policy operator on access_uses to latchkey_app using ((select app_operator())) with check ((select app_operator()));
create policy own on access_uses for select to latchkey_app using (customer_id = (select app_organization()));
grant select on access_uses to latchkey_app;

-- Notes a use of the acting person's: at most one write a person, customer and hour.
create function note_access_use(of_customer uuid) returns void language sql volatile security definer set search_path = pg_catalog, public as $$
  insert into access_uses (customer_id, person_id, last_used_at) select of_customer, app_person(), app_now() where app_person() is not null
  on conflict (customer_id, person_id) do update set last_used_at = excluded.last_used_at
    where access_uses.last_used_at <= excluded.last_used_at - interval '1 hour'
$$;
revoke all on function note_access_use(uuid) from public;
grant execute on function note_access_use(uuid) to latchkey_app;
