-- The first of two approvals, where what is given takes two people (BX-14): who, when, and just what they chose. It gives nothing, and whoever asked does
-- not see it.

create table access_request_approvals (
  request_id uuid primary key references access_requests on delete cascade,
  approved_by uuid not null references people,
  approved_at timestamptz not null,
  choice jsonb not null check (jsonb_typeof(choice) = 'object')
);
alter table access_request_approvals enable row level security;
create policy operator on access_request_approvals to latchkey_app using ((select app_operator())) with check ((select app_operator()));
grant select, insert, update on access_request_approvals to latchkey_app;
create policy own on access_request_approvals for select to latchkey_app using (
  exists (select 1 from access_requests r where r.id = request_id and r.customer_id = (select app_organization())));
create policy approve on access_request_approvals for insert to latchkey_app with check (
  approved_by = (select app_person()) and approved_at = (select app_now())
  and exists (select 1 from access_requests r where r.id = request_id and r.customer_id = (select app_organization()) and r.state = 'pending'));
create policy approve_anew on access_request_approvals for update to latchkey_app
  using (exists (select 1 from access_requests r where r.id = request_id and r.customer_id = (select app_organization()) and r.state = 'pending'))
  with check (approved_by = (select app_person()) and approved_at = (select app_now()));
create trigger keep_columns before update on access_request_approvals for each row execute function keep_columns('approved_by', 'approved_at', 'choice');
