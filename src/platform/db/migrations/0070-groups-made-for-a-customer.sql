-- A group that a customer's access made on the partner's side (MI-009): for which customer, and for what it gives there. The partner's administrators
-- fill any group of their own; the customer ends those that were made for it. Others (brought in by an import) belong to no customer.

alter table groups
  add column customer_id uuid references organizations,
  add column gives text check (length(gives) between 1 and 64), -- the role, level or right that it was made for
  add check ((customer_id is null) = (gives is null));
create unique index one_group_for_what_it_gives on groups (customer_id, partner_id, gives) where customer_id is not null and ended_at is null;

alter policy known on groups using (partner_id = (select app_organization()) or customer_id = (select app_organization())
  or exists (select 1 from grants g where g.group_id = groups.id and g.customer_id = (select app_organization())));
create policy make on groups for insert to latchkey_app with check (
  customer_id = (select app_organization()) and (select app_side()) = 'customer' and external_id is null and ended_at is null
  and exists (select 1 from organizations o where o.id = partner_id and o.kind = 'partner'));
create policy finish on groups for update to latchkey_app using (customer_id = (select app_organization())) with check (customer_id = (select app_organization()));
create trigger keep_columns before update on groups for each row execute function keep_columns('ended_at');

-- Only people who work at the partner now, only into groups that are there, and from now on.
create policy fill on group_members for insert to latchkey_app with check ((select app_roles()) && (select group_fillers()) and from_at = (select app_now()) and until_at is null
  and exists (select 1 from groups g where g.id = group_id and g.partner_id = (select app_organization()) and g.ended_at is null)
  and exists (select 1 from memberships m where m.person_id = group_members.person_id and m.organization_id = (select app_organization())
    and m.from_at <= app_now() and (m.until_at is null or m.until_at > app_now())));
create policy leave on group_members for update to latchkey_app
  using ((select app_roles()) && (select group_fillers()) and exists (select 1 from groups g where g.id = group_id and g.partner_id = (select app_organization())))
  with check (until_at = (select app_now()));
create trigger keep_columns before update on group_members for each row execute function keep_columns('until_at');

-- Whoever is added and taken out again at one instant was in it for no time at all, which is no fault.
alter table group_members drop constraint group_members_check, add check (until_at is null or until_at >= from_at);

-- The name of such a group follows the name of its customer (M-A4); which group it is, its id says.
create function group_name_follows() returns trigger language plpgsql as $$
begin
  update groups set name = left(new.name || substr(name, length(old.name) + 1), 300) where customer_id = new.id and starts_with(name, old.name);
  return null;
end $$;
create trigger group_name_follows after update of name on organizations for each row when (old.name is distinct from new.name) execute function group_name_follows();

-- A letter to an address that need not be anybody's here (M-A10): it says no more than it is handed, and nothing is asked when it is sent.
create function post_to_address(letter text, address text, subject text, body_text text, body_html text, about_customer uuid, about_partner uuid, thread text)
  returns void language sql security definer set search_path = pg_catalog, public as $$
  insert into outbox (to_address, letter, subject, body_text, body_html, customer_id, partner_id, thread, created_at, next_attempt_at)
  values (lower(address), letter, subject, body_text, body_html, about_customer, about_partner, thread, app_now(), app_now())
$$;
revoke all on function group_name_follows(), post_to_address(text, text, text, text, text, uuid, uuid, text) from public;
grant execute on function post_to_address(text, text, text, text, text, uuid, uuid, text) to latchkey_app;
