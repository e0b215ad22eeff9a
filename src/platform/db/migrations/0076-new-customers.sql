-- The notice about a new customer goes to a partner once for each customer (CD-005, C-A12): now where the partner is a user of the portal, else when it
-- becomes one, which is when somebody of it signs in for the first time (CD-006, CD-007).
create table portal_users (
  organization_id uuid primary key references organizations on delete cascade,
  since timestamptz not null
);
alter table portal_users enable row level security;
create policy operator on portal_users to latchkey_app using ((select app_operator())) with check ((select app_operator()));
create policy system on portal_users to latchkey_system using (true) with check (true);
grant select on portal_users to latchkey_system;

-- Written by the sign-in itself, whoever does it and however.
create function signed_in() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into portal_users (organization_id, since)
  select o.id, new.created_at from memberships m join organizations o on o.id = m.organization_id and o.kind = 'partner'
  where m.person_id = new.person_id and m.from_at <= new.created_at and (m.until_at is null or m.until_at > new.created_at)
    and not exists (select 1 from portal_users u where u.organization_id = o.id)
  on conflict do nothing;
  return null;
end $$;
revoke all on function signed_in() from public;
create trigger signed_in after insert on sessions for each row execute function signed_in();

create table new_customer_notices (
  customer_id uuid not null references organizations on delete cascade,
  partner_id uuid not null references organizations on delete cascade,
  told_at timestamptz not null,
  primary key (customer_id, partner_id)
);
alter table new_customer_notices enable row level security;
create policy operator on new_customer_notices to latchkey_app using ((select app_operator())) with check ((select app_operator()));
create policy system on new_customer_notices to latchkey_system using (true) with check (true);
grant select, insert on new_customer_notices to latchkey_system;
