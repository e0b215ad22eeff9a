-- Generated from portals/field-service.yaml: what the database itself lets through, under every query.
create table if not exists records_unit partition of records for values in ('unit');
drop policy if exists unit_read on records;
create policy unit_read on records for select to latchkey_app using (records.kind = 'unit' and (((select app_type()) in ('customers') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no)) and holds_number((select access_customers(array[]::text[], array['portal_user']::text[])), records.customer_no)) or ((select app_type()) in ('partner_employee') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no))) or ((select app_type()) in ('partner_customer', 'partner_vendor') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no)) and ((holds_number((select related_customers(array['associated']::text[], false, false)), records.customer_no) and (select app_type()) in ('partner_customer')) or holds_number((select related_customers(array['preferred']::text[], true, false)), records.customer_no)))));
drop policy if exists unit_open on records;
create policy unit_open on records for insert to latchkey_app with check (records.kind = 'unit' and false);
drop policy if exists unit_change on records;
create policy unit_change on records for update to latchkey_app using (records.kind = 'unit' and false) with check (records.kind = 'unit' and false);
create table if not exists records_incident partition of records for values in ('incident');
drop policy if exists incident_read on records;
create policy incident_read on records for select to latchkey_app using (records.kind = 'incident' and (((select app_type()) in ('customers') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no)) and holds_number((select access_customers(array[]::text[], array['portal_user']::text[])), records.customer_no)) or ((select app_type()) in ('partner_employee') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no))) or ((select app_type()) in ('partner_customer', 'partner_vendor') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no)) and (coalesce((select true from record_assignments p where p.kind = 'incident' and p.record_id = records.id
    and p.relation = any (array['ssr']::text[]) and p.partner_id = any ((select my_partners(true))::uuid[]) limit 1), false) or coalesce((select true from record_assignments p where p.kind = 'incident' and p.record_id = records.id
    and p.relation = any (array['owner']::text[]) and p.partner_id = any ((select my_partners(true))::uuid[]) limit 1), false) or (holds_number((select related_customers(array['associated']::text[], false, false)), records.customer_no) and (select app_type()) in ('partner_customer')) or holds_number((select related_customers(array['preferred']::text[], true, false)), records.customer_no) or coalesce((select true from record_assignments p where p.kind = 'incident' and p.record_id = records.id
    and p.relation = any (array['reference/lead_partner']::text[]) and p.partner_id = any ((select my_partners(true))::uuid[]) limit 1), false) or coalesce((select true from record_assignments p where p.kind = 'incident' and p.record_id = records.id
    and p.relation = any (array['reference/service_order_line.lead_partner']::text[]) and p.partner_id = any ((select my_partners(true))::uuid[]) limit 1), false) or coalesce((select true from record_assignments p where p.kind = 'incident' and p.record_id = records.id
    and p.relation = any (array['reference/service_order_operation.lead_partner']::text[]) and p.partner_id = any ((select my_partners(true))::uuid[]) limit 1), false) or (holds_number((select related_customers(array['associated']::text[], false, false)), records.reference_customer_no) and (select app_type()) in ('partner_customer')) or holds_number((select related_customers(array['preferred']::text[], true, false)), records.reference_customer_no)))));
drop policy if exists incident_open on records;
create policy incident_open on records for insert to latchkey_app with check (records.kind = 'incident' and false);
drop policy if exists incident_change on records;
create policy incident_change on records for update to latchkey_app using (records.kind = 'incident' and false) with check (records.kind = 'incident' and false);
create table if not exists records_article partition of records for values in ('article');
drop policy if exists article_read on records;
create policy article_read on records for select to latchkey_app using (records.kind = 'article' and ((select app_type()) in ('customers', 'partner_employee', 'partner_customer', 'partner_vendor') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no))));
drop policy if exists article_open on records;
create policy article_open on records for insert to latchkey_app with check (records.kind = 'article' and false);
drop policy if exists article_change on records;
create policy article_change on records for update to latchkey_app using (records.kind = 'article' and false) with check (records.kind = 'article' and false);
create table if not exists records_service_order partition of records for values in ('service_order');
drop policy if exists service_order_read on records;
create policy service_order_read on records for select to latchkey_app using (records.kind = 'service_order' and (((select app_type()) in ('partner_employee') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no))) or ((select app_type()) in ('partner_customer', 'partner_vendor') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no)) and (coalesce((select true from record_assignments p where p.kind = 'service_order' and p.record_id = records.id
    and p.relation = any (array['lead_partner']::text[]) and p.partner_id = any ((select my_partners(true))::uuid[]) limit 1), false) or coalesce((select true from record_assignments p where p.kind = 'service_order' and p.record_id = records.id
    and p.relation = any (array['service_order_line.lead_partner']::text[]) and p.partner_id = any ((select my_partners(true))::uuid[]) limit 1), false) or coalesce((select true from record_assignments p where p.kind = 'service_order' and p.record_id = records.id
    and p.relation = any (array['service_order_operation.lead_partner']::text[]) and p.partner_id = any ((select my_partners(true))::uuid[]) limit 1), false) or (holds_number((select related_customers(array['associated']::text[], false, false)), records.customer_no) and (select app_type()) in ('partner_customer')) or holds_number((select related_customers(array['preferred']::text[], true, false)), records.customer_no)))));
drop policy if exists service_order_open on records;
create policy service_order_open on records for insert to latchkey_app with check (records.kind = 'service_order' and false);
drop policy if exists service_order_change on records;
create policy service_order_change on records for update to latchkey_app using (records.kind = 'service_order' and false) with check (records.kind = 'service_order' and false);
create table if not exists records_service_order_line partition of records for values in ('service_order_line');
drop policy if exists service_order_line_read on records;
create policy service_order_line_read on records for select to latchkey_app using (records.kind = 'service_order_line' and false);
drop policy if exists service_order_line_open on records;
create policy service_order_line_open on records for insert to latchkey_app with check (records.kind = 'service_order_line' and false);
drop policy if exists service_order_line_change on records;
create policy service_order_line_change on records for update to latchkey_app using (records.kind = 'service_order_line' and false) with check (records.kind = 'service_order_line' and false);
create table if not exists records_service_order_operation partition of records for values in ('service_order_operation');
drop policy if exists service_order_operation_read on records;
create policy service_order_operation_read on records for select to latchkey_app using (records.kind = 'service_order_operation' and false);
drop policy if exists service_order_operation_open on records;
create policy service_order_operation_open on records for insert to latchkey_app with check (records.kind = 'service_order_operation' and false);
drop policy if exists service_order_operation_change on records;
create policy service_order_operation_change on records for update to latchkey_app using (records.kind = 'service_order_operation' and false) with check (records.kind = 'service_order_operation' and false);
create table if not exists records_service_order_transaction partition of records for values in ('service_order_transaction');
drop policy if exists service_order_transaction_read on records;
create policy service_order_transaction_read on records for select to latchkey_app using (records.kind = 'service_order_transaction' and (((select app_type()) in ('partner_employee') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no))) or ((select app_type()) in ('partner_customer', 'partner_vendor') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no)) and (coalesce((select true from record_assignments p where p.kind = 'service_order_transaction' and p.record_id = records.id
    and p.relation = any (array['reference/lead_partner']::text[]) and p.partner_id = any ((select my_partners(true))::uuid[]) limit 1), false) or coalesce((select true from record_assignments p where p.kind = 'service_order_transaction' and p.record_id = records.id
    and p.relation = any (array['reference/service_order_line.lead_partner']::text[]) and p.partner_id = any ((select my_partners(true))::uuid[]) limit 1), false) or coalesce((select true from record_assignments p where p.kind = 'service_order_transaction' and p.record_id = records.id
    and p.relation = any (array['reference/service_order_operation.lead_partner']::text[]) and p.partner_id = any ((select my_partners(true))::uuid[]) limit 1), false) or (holds_number((select related_customers(array['associated']::text[], false, false)), records.reference_customer_no) and (select app_type()) in ('partner_customer')) or holds_number((select related_customers(array['preferred']::text[], true, false)), records.reference_customer_no)))));
drop policy if exists service_order_transaction_open on records;
create policy service_order_transaction_open on records for insert to latchkey_app with check (records.kind = 'service_order_transaction' and false);
drop policy if exists service_order_transaction_change on records;
create policy service_order_transaction_change on records for update to latchkey_app using (records.kind = 'service_order_transaction' and false) with check (records.kind = 'service_order_transaction' and false);
create table if not exists records_warranty_claim partition of records for values in ('warranty_claim');
drop policy if exists warranty_claim_read on records;
create policy warranty_claim_read on records for select to latchkey_app using (records.kind = 'warranty_claim' and (((select app_type()) in ('partner_employee') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no))) or ((select app_type()) in ('partner_customer', 'partner_vendor') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no)) and (((select 'claim_authorization_required' = any (app_switches())) = true and (coalesce((select true from record_assignments p where p.kind = 'warranty_claim' and p.record_id = records.id
    and p.relation = any (array['ssr']::text[]) and p.partner_id = any ((select my_partners(true))::uuid[]) limit 1), false) or coalesce((select true from record_assignments p where p.kind = 'warranty_claim' and p.record_id = records.id
    and p.relation = any (array['owner']::text[]) and p.partner_id = any ((select my_partners(true))::uuid[]) limit 1), false) or (holds_number((select related_customers(array['associated']::text[], false, false)), records.customer_no) and (select app_type()) in ('partner_customer')) or holds_number((select related_customers(array['preferred']::text[], true, false)), records.customer_no) or coalesce((select true from record_assignments p where p.kind = 'warranty_claim' and p.record_id = records.id
    and p.relation = any (array['reference/lead_partner']::text[]) and p.partner_id = any ((select my_partners(true))::uuid[]) limit 1), false) or coalesce((select true from record_assignments p where p.kind = 'warranty_claim' and p.record_id = records.id
    and p.relation = any (array['reference/service_order_line.lead_partner']::text[]) and p.partner_id = any ((select my_partners(true))::uuid[]) limit 1), false) or coalesce((select true from record_assignments p where p.kind = 'warranty_claim' and p.record_id = records.id
    and p.relation = any (array['reference/service_order_operation.lead_partner']::text[]) and p.partner_id = any ((select my_partners(true))::uuid[]) limit 1), false) or (holds_number((select related_customers(array['associated']::text[], false, false)), records.reference_customer_no) and (select app_type()) in ('partner_customer')) or holds_number((select related_customers(array['preferred']::text[], true, false)), records.reference_customer_no))) or ((select 'claim_authorization_required' = any (app_switches())) = false and (coalesce((select true from record_assignments p where p.kind = 'warranty_claim' and p.record_id = records.id
    and p.relation = any (array['lead_partner']::text[]) and p.partner_id = any ((select my_partners(true))::uuid[]) limit 1), false) or (holds_number((select related_customers(array['associated']::text[], false, false)), records.customer_no) and (select app_type()) in ('partner_customer')) or holds_number((select related_customers(array['preferred']::text[], true, false)), records.customer_no)))))));
drop policy if exists warranty_claim_open on records;
create policy warranty_claim_open on records for insert to latchkey_app with check (records.kind = 'warranty_claim' and false);
drop policy if exists warranty_claim_change on records;
create policy warranty_claim_change on records for update to latchkey_app using (records.kind = 'warranty_claim' and false) with check (records.kind = 'warranty_claim' and false);
create table if not exists records_inbox_message partition of records for values in ('inbox_message');
drop policy if exists inbox_message_read on records;
create policy inbox_message_read on records for select to latchkey_app using (records.kind = 'inbox_message' and ((select app_type()) in ('customers', 'partner_employee', 'partner_customer', 'partner_vendor') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no)) and records.id = any ((select my_records('inbox_message', array['recipient']::text[]))::bigint[])));
drop policy if exists inbox_message_open on records;
create policy inbox_message_open on records for insert to latchkey_app with check (records.kind = 'inbox_message' and false);
drop policy if exists inbox_message_change on records;
create policy inbox_message_change on records for update to latchkey_app using (records.kind = 'inbox_message' and false) with check (records.kind = 'inbox_message' and false);
create table if not exists records_announcement partition of records for values in ('announcement');
drop policy if exists announcement_read on records;
create policy announcement_read on records for select to latchkey_app using (records.kind = 'announcement' and ((select app_type()) in ('customers', 'partner_employee', 'partner_customer', 'partner_vendor') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no))));
drop policy if exists announcement_open on records;
create policy announcement_open on records for insert to latchkey_app with check (records.kind = 'announcement' and false);
drop policy if exists announcement_change on records;
create policy announcement_change on records for update to latchkey_app using (records.kind = 'announcement' and false) with check (records.kind = 'announcement' and false);
create table if not exists records_document partition of records for values in ('document');
drop policy if exists document_read on records;
create policy document_read on records for select to latchkey_app using (records.kind = 'document' and (((select app_type()) in ('customers') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no)) and holds_number((select access_customers(array[]::text[], array['portal_user']::text[])), records.customer_no)) or ((select app_type()) in ('partner_employee') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no))) or ((select app_type()) in ('partner_customer', 'partner_vendor') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no)) and ((holds_number((select related_customers(array['associated']::text[], false, false)), records.customer_no) and (select app_type()) in ('partner_customer')) or holds_number((select related_customers(array['preferred']::text[], true, false)), records.customer_no) or (records.customer_no is null and jsonb_typeof(records.attributes -> 'addressed_to') = 'array' and records.attributes -> 'addressed_to' @> to_jsonb((select nullif(app_type(), ''))))))));
drop policy if exists document_open on records;
create policy document_open on records for insert to latchkey_app with check (records.kind = 'document' and false);
drop policy if exists document_change on records;
create policy document_change on records for update to latchkey_app using (records.kind = 'document' and false) with check (records.kind = 'document' and false);
create table if not exists records_interaction partition of records for values in ('interaction');
drop policy if exists interaction_read on records;
create policy interaction_read on records for select to latchkey_app using (records.kind = 'interaction' and (((select app_type()) in ('customers') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no)) and holds_number((select access_customers(array[]::text[], array['portal_user']::text[])), records.customer_no)) or ((select app_type()) in ('partner_employee') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no))) or ((select app_type()) in ('partner_customer', 'partner_vendor') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no)) and (coalesce((select true from record_assignments p where p.kind = 'interaction' and p.record_id = records.id
    and p.relation = any (array['partner']::text[]) and p.partner_id = any ((select my_partners(true))::uuid[]) limit 1), false) or (holds_number((select related_customers(array['associated']::text[], false, false)), records.customer_no) and (select app_type()) in ('partner_customer')) or holds_number((select related_customers(array['preferred']::text[], true, false)), records.customer_no)))));
drop policy if exists interaction_open on records;
create policy interaction_open on records for insert to latchkey_app with check (records.kind = 'interaction' and false);
drop policy if exists interaction_change on records;
create policy interaction_change on records for update to latchkey_app using (records.kind = 'interaction' and false) with check (records.kind = 'interaction' and false);
create table if not exists records_inventory_item partition of records for values in ('inventory_item');
drop policy if exists inventory_item_read on records;
create policy inventory_item_read on records for select to latchkey_app using (records.kind = 'inventory_item' and (((select app_type()) in ('customers') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no)) and holds_number((select access_customers(array[]::text[], array['portal_user']::text[])), records.customer_no)) or ((select app_type()) in ('partner_employee') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no))) or ((select app_type()) in ('partner_customer', 'partner_vendor') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no)) and ((holds_number((select related_customers(array['associated']::text[], false, false)), records.customer_no) and (select app_type()) in ('partner_customer')) or holds_number((select related_customers(array['preferred']::text[], true, false)), records.customer_no)))));
drop policy if exists inventory_item_open on records;
create policy inventory_item_open on records for insert to latchkey_app with check (records.kind = 'inventory_item' and false);
drop policy if exists inventory_item_change on records;
create policy inventory_item_change on records for update to latchkey_app using (records.kind = 'inventory_item' and false) with check (records.kind = 'inventory_item' and false);
create table if not exists records_balance partition of records for values in ('balance');
drop policy if exists balance_read on records;
create policy balance_read on records for select to latchkey_app using (records.kind = 'balance' and (((select app_type()) in ('customers') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no)) and holds_number((select access_customers(array[]::text[], array['portal_user']::text[])), records.customer_no)) or ((select app_type()) in ('partner_customer') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no)) and ((holds_number((select related_customers(array['associated']::text[], false, false)), records.customer_no) and (select app_type()) in ('partner_customer')) or (holds_number((select related_customers(array['subordinate']::text[], false, false)), records.customer_no) and (select app_type()) in ('partner_customer'))))));
drop policy if exists balance_open on records;
create policy balance_open on records for insert to latchkey_app with check (records.kind = 'balance' and false);
drop policy if exists balance_change on records;
create policy balance_change on records for update to latchkey_app using (records.kind = 'balance' and false) with check (records.kind = 'balance' and false);
create table if not exists records_invoice partition of records for values in ('invoice');
drop policy if exists invoice_read on records;
create policy invoice_read on records for select to latchkey_app using (records.kind = 'invoice' and (((select app_type()) in ('customers') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no)) and holds_number((select access_customers(array[]::text[], array['portal_user']::text[])), records.customer_no)) or ((select app_type()) in ('partner_customer') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no)) and ((holds_number((select related_customers(array['associated']::text[], false, false)), records.customer_no) and (select app_type()) in ('partner_customer')) or (holds_number((select related_customers(array['subordinate']::text[], false, false)), records.customer_no) and (select app_type()) in ('partner_customer'))))));
drop policy if exists invoice_open on records;
create policy invoice_open on records for insert to latchkey_app with check (records.kind = 'invoice' and false);
drop policy if exists invoice_change on records;
create policy invoice_change on records for update to latchkey_app using (records.kind = 'invoice' and false) with check (records.kind = 'invoice' and false);
create table if not exists records_account partition of records for values in ('account');
drop policy if exists account_read on records;
create policy account_read on records for select to latchkey_app using (records.kind = 'account' and (((select app_type()) in ('customers') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no)) and holds_number((select access_customers(array[]::text[], array['portal_user']::text[])), records.customer_no)) or ((select app_type()) in ('partner_employee') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no))) or ((select app_type()) in ('partner_customer', 'partner_vendor') and (records.customer_no is null or not holds_number((select suspended_customers()), records.customer_no)) and ((holds_number((select related_customers(array['associated']::text[], false, false)), records.customer_no) and (select app_type()) in ('partner_customer')) or holds_number((select related_customers(array['preferred']::text[], true, false)), records.customer_no)))));
drop policy if exists account_open on records;
create policy account_open on records for insert to latchkey_app with check (records.kind = 'account' and false);
drop policy if exists account_change on records;
create policy account_change on records for update to latchkey_app using (records.kind = 'account' and false) with check (records.kind = 'account' and false);
