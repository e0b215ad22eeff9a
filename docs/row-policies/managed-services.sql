-- Generated from portals/managed-services.yaml: what the database itself lets through, under every query.
do $$ declare p text; begin
  for p in select policyname from pg_policies where schemaname = 'public' and tablename = 'records' and policyname not in ('operator', 'facts', 'system', 'look', 'look_writes_nothing') loop
    execute format('drop policy %I on records', p);
  end loop; end $$;
create or replace function known_grantees() returns text[] language sql immutable parallel safe as $$ select array['person', 'vendor_person']::text[] $$;
create or replace function group_fillers() returns text[] language sql immutable parallel safe as $$ select array[]::text[] $$;
create or replace function people_keepers() returns text[] language sql immutable parallel safe as $$ select array['administrator', 'primary_user', 'partner_administrator', 'operator']::text[] $$;
create or replace function people_keeping() returns text[] language sql immutable parallel safe as $$ select array[]::text[] $$;
create or replace function people_reading() returns text[] language sql immutable parallel safe as $$ select array['administrator']::text[] $$;
create or replace function colleague_administrators() returns text[] language sql immutable parallel safe as $$ select array['partner_administrator']::text[] $$;
create or replace function letting_in() returns text[] language sql immutable parallel safe as $$ select array['administrator']::text[] $$;
create or replace function colleagues_unless_chosen() returns text[] language sql immutable parallel safe as $$ select array['tell']::text[] $$;
create or replace function link_askers() returns text[] language sql immutable parallel safe as $$ select array['partner_administrator']::text[] $$;
create or replace function codes_with(code text) returns text[] language sql immutable parallel safe as $$ select case code when 'administrator' then array['administrator']::text[] when 'orders' then array['administrator', 'orders']::text[] when 'invoices' then array['administrator', 'invoices']::text[] when 'usage' then array['administrator', 'usage']::text[] when 'knowledge' then array['administrator', 'knowledge']::text[] when 'tickets' then array['administrator', 'tickets']::text[] else '{}'::text[] end $$;
create table if not exists records_order partition of records for values in ('order');
create policy order_read on records for select to latchkey_app using (records.kind = 'order' and holds_number((select access_customers(array['administrator', 'orders']::text[], array['orders', 'administrator', 'primary_user']::text[])), records.customer_no));
create policy order_open on records for insert to latchkey_app with check (records.kind = 'order' and false);
create policy order_change on records for update to latchkey_app using (records.kind = 'order' and false) with check (records.kind = 'order' and false);
create table if not exists records_invoice partition of records for values in ('invoice');
create policy invoice_read on records for select to latchkey_app using (records.kind = 'invoice' and holds_number((select access_customers(array['administrator', 'invoices']::text[], array['invoices', 'administrator', 'primary_user']::text[])), records.customer_no));
create policy invoice_open on records for insert to latchkey_app with check (records.kind = 'invoice' and false);
create policy invoice_change on records for update to latchkey_app using (records.kind = 'invoice' and false) with check (records.kind = 'invoice' and false);
create table if not exists records_usage partition of records for values in ('usage');
create policy usage_read on records for select to latchkey_app using (records.kind = 'usage' and holds_number((select access_customers(array['administrator', 'usage']::text[], array['usage', 'administrator', 'primary_user']::text[])), records.customer_no));
create policy usage_open on records for insert to latchkey_app with check (records.kind = 'usage' and false);
create policy usage_change on records for update to latchkey_app using (records.kind = 'usage' and false) with check (records.kind = 'usage' and false);
create table if not exists records_article partition of records for values in ('article');
create policy article_read on records for select to latchkey_app using (records.kind = 'article' and holds_number((select access_customers(array['administrator', 'knowledge']::text[], array['knowledge', 'administrator', 'primary_user']::text[])), records.customer_no));
create policy article_open on records for insert to latchkey_app with check (records.kind = 'article' and false);
create policy article_change on records for update to latchkey_app using (records.kind = 'article' and false) with check (records.kind = 'article' and false);
create table if not exists records_ticket partition of records for values in ('ticket');
create policy ticket_read on records for select to latchkey_app using (records.kind = 'ticket' and holds_number((select access_customers(array['administrator', 'tickets']::text[], array['tickets', 'administrator', 'primary_user']::text[])), records.customer_no));
create policy ticket_open on records for insert to latchkey_app with check (records.kind = 'ticket' and holds_number((select access_customers(array['administrator', 'tickets']::text[], array['tickets', 'administrator', 'primary_user']::text[])), records.customer_no));
create policy ticket_change on records for update to latchkey_app using (records.kind = 'ticket' and (holds_number((select access_customers(array['administrator', 'tickets']::text[], array['tickets', 'administrator', 'primary_user']::text[])), records.customer_no) and records.state in ('active'))) with check (records.kind = 'ticket' and (holds_number((select access_customers(array['administrator', 'tickets']::text[], array['tickets', 'administrator', 'primary_user']::text[])), records.customer_no) and true));
