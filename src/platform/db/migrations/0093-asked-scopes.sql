-- What a part of a request asks for less than the whole customer: {"sites": [3, 4]} or {"records": [{"kind": "invoice", "id": "17"}]}. Null: the whole
-- customer. Written when it is asked and never changed; the answer looks everything up again among what is the customer's.
alter table access_request_items add column scope jsonb check (jsonb_typeof(scope) = 'object'),
  add column granted_scope jsonb check (jsonb_typeof(granted_scope) = 'object');          -- what the answer gave it for; null: the whole customer, or nothing
drop trigger keep_columns on access_request_items;
create trigger keep_columns before update on access_request_items for each row
  execute function keep_columns('pending_customer_id', 'pending_partner_id', 'granted_level', 'granted_rights', 'granted_scope', 'grant_id');
alter policy ask on access_request_items with check (granted_level is null and granted_rights is null and granted_scope is null and grant_id is null
  and exists (select 1 from access_requests r where r.id = request_id and r.partner_id = (select app_organization())));
alter policy answer on access_request_items with check (exists (select 1 from access_requests r where r.id = request_id
  and (r.customer_id = (select app_organization())
    or (granted_level is null and granted_rights is null and granted_scope is null and grant_id is null))));
