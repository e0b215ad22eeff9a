-- Linking of a partner's and a customer's accounts (CD-009, CD-010): asked for by the partner, answered by the customer or the vendor, as the definition
-- says (C-A4). A link shows nothing by itself: it is what asking for access takes. Which home roles of partners ask is written anew with each definition.
create function link_askers() returns text[] language sql immutable parallel safe as $$ select '{}'::text[] $$;

create table links (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references organizations on delete cascade,
  partner_id uuid not null references organizations on delete cascade,
  state text not null check (state in ('asked', 'standing', 'denied')),
  asked_by uuid references people on delete set null,   -- null: the customer linked the two itself, by giving access
  asked_at timestamptz not null,
  answered_by uuid references people on delete set null,
  answered_at timestamptz,
  check ((state = 'asked') = (answered_at is null))
);
create unique index one_link on links (customer_id, partner_id) where state <> 'denied';
create index links_of_partner on links (partner_id);
alter table links enable row level security;
create policy operator on links to latchkey_app using ((select app_operator())) with check ((select app_operator()));
create policy facts on links for select to latchkey_facts using (true);
create policy system on links to latchkey_system using (true) with check (true);
create policy own on links for select to latchkey_app using (customer_id = (select app_organization()) or partner_id = (select app_organization()));
-- A partner asks for a customer that it is said to work with; only the customer (or the vendor) answers.
create policy ask on links for insert to latchkey_app with check (partner_id = (select app_organization()) and (select app_roles()) && (select link_askers())
  and state = 'asked' and asked_by = (select app_person()) and asked_at = (select app_now())
  and exists (select 1 from relationships r where r.customer_id = links.customer_id and r.partner_id = links.partner_id and r.relation = 'works_with'
    and r.from_at <= app_now() and (r.until_at is null or r.until_at > app_now())));
create policy link on links for insert to latchkey_app with check (customer_id = (select app_organization()) and (select app_side()) = 'customer'
  and state = 'standing' and answered_by = (select app_person()) and answered_at = (select app_now()));
create policy answer on links for update to latchkey_app using (customer_id = (select app_organization()) and (select app_side()) = 'customer')
  with check (customer_id = (select app_organization()) and state in ('standing', 'denied') and answered_by = (select app_person()) and answered_at = (select app_now()));
create trigger keep_columns before update on links for each row execute function keep_columns('state', 'answered_by', 'answered_at');
grant select, insert, update, delete on links to latchkey_app;   -- whoever runs the portal alone may delete: to take an import back
grant select on links to latchkey_system, latchkey_facts;

-- A request put before a customer that the partner knows by name (a linked one), and not before whoever an address belongs to: nothing of it is hidden.
alter table access_requests add column to_customer boolean not null default false,
  add check (not to_customer or customer_id is not null);
create policy known_customer on access_requests as restrictive for insert to latchkey_app
  with check (not to_customer or (select app_operator()) or customer_id in (select known_organizations()));
