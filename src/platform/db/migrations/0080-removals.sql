-- Receipts of removals: what one action of a customer ended, what was left, and whether it was undone. And the partner's own way out: it gives up what it has.

create table removals (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity unique,
  customer_id uuid not null references organizations on delete cascade,
  partner_id uuid not null references organizations on delete cascade,
  grant_id uuid references grants on delete cascade,    -- one access alone; null: everything that the partner had at the customer
  removed_at timestamptz not null,
  removed_by uuid references people,
  reason text check (length(reason) <= 1000),
  ended jsonb not null,                                 -- what ended: a sentence for each, and what is needed to bring it back
  remains text[] not null,                              -- what was left, one sentence each
  undone_at timestamptz,
  undone_by uuid references people,
  came_back text[],                                     -- what the undoing brought back, and what it could not
  check ((undone_at is null) = (came_back is null))
);
create index removals_of_customer on removals (customer_id, partner_id, removed_at desc);
alter table removals enable row level security;
create policy operator on removals to latchkey_app using ((select app_operator())) with check ((select app_operator()));
create policy own on removals for select to latchkey_app using (customer_id = (select app_organization()));
create policy remove on removals for insert to latchkey_app with check (customer_id = (select app_organization()) and (select app_side()) = 'customer'
  and removed_at = (select app_now()) and removed_by = (select app_person()) and undone_at is null);
-- Only for ten minutes, and once.
create policy undo on removals for update to latchkey_app
  using (customer_id = (select app_organization()) and undone_at is null and (select app_now()) < removed_at + interval '10 minutes')
  with check (customer_id = (select app_organization()) and undone_at = (select app_now()) and undone_by = (select app_person()));
grant select, insert, update on removals to latchkey_app;
create trigger keep_columns before update on removals for each row execute function keep_columns('undone_at', 'undone_by', 'came_back');

-- A partner ends what was given to it, from now on, in its own name, and by its own word for it; nothing else.
create policy relinquish on grants for update to latchkey_app
  using (partner_id = (select app_organization()) and (select app_side()) <> 'customer' and ended_at is null)
  with check (partner_id = (select app_organization()) and end_kind = 'relinquished' and ended_at = (select app_now()) and ended_by = (select app_person()));
