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
create policy fill on group_members for insert to latchkey_app with check (from_at = (select app_now()) and until_at is null
  and exists (select 1 from groups g where g.id = group_id and g.partner_id = (select app_organization()) and g.ended_at is null)
  and exists (select 1 from memberships m where m.person_id = group_members.person_id and m.organization_id = (select app_organization())
    and m.from_at <= app_now() and (m.until_at is null or m.until_at > app_now())));
create policy leave on group_members for update to latchkey_app
  using (exists (select 1 from groups g where g.id = group_id and g.partner_id = (select app_organization())))
  with check (until_at = (select app_now()));
create trigger keep_columns before update on group_members for each row execute function keep_columns('until_at');
