-- What a change may touch. Policies say which rows; this says which columns, so that a statement that forgot one cannot move a record to another
-- customer, lengthen a grant in place, or answer for somebody else. The operator (import, undo) and the server's own tasks are not held to it.

create function keep_columns() returns trigger language plpgsql as $$
begin
  if current_user = 'latchkey_app' and not app_operator() and to_jsonb(new) - tg_argv is distinct from to_jsonb(old) - tg_argv then
    raise exception 'of % only these columns may be changed: %', tg_table_name, array_to_string(tg_argv, ', ') using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create trigger keep_columns before update on records for each row execute function keep_columns('title', 'state', 'attributes', 'updated_at');
create trigger keep_columns before update on record_people for each row execute function keep_columns('person_id', 'added_by', 'added_at');
create trigger keep_columns before update on grants for each row
  execute function keep_columns('confirmed_at', 'ended_at', 'ended_by', 'end_kind', 'end_reason');
create trigger keep_columns before update on access_requests for each row
  execute function keep_columns('state', 'answered_by', 'answered_at', 'answer_reason');
create trigger keep_columns before update on access_request_items for each row
  execute function keep_columns('pending_customer_id', 'pending_partner_id', 'granted_level', 'granted_rights', 'grant_id');
create trigger keep_columns before update on people for each row execute function keep_columns('name', 'language', 'time_zone');
create trigger keep_columns before update on sessions for each row execute function keep_columns('ended_at');

-- A partner asks and withdraws; only the customer answers.
alter policy ask on access_requests with check (partner_id = (select app_organization()) and asked_by = (select app_person()) and state = 'pending'
  and answered_by is null);
alter policy answer on access_requests
  with check (customer_id = (select app_organization()) or (partner_id = (select app_organization()) and state = 'withdrawn'));
alter policy ask on access_request_items with check (granted_level is null and granted_rights is null and grant_id is null
  and exists (select 1 from access_requests r where r.id = request_id and r.partner_id = (select app_organization())));
alter policy answer on access_request_items with check (exists (select 1 from access_requests r where r.id = request_id
  and (r.customer_id = (select app_organization()) or (granted_level is null and granted_rights is null and grant_id is null))));

-- Nobody writes as another organization, or as the server itself.
alter policy add_with_record on messages with check (author_id = (select app_person()) and author_organization_id = (select app_organization())
  and exists (select 1 from records r where r.kind = messages.kind and r.id = record_id and r.customer_no = messages.customer_no));
alter policy write on audit_entries with check (
  actor_id is not distinct from (select coalesce(app_person(), nullif(current_setting('app.key', true), '')::uuid))
  and actor_kind = case when (select app_person()) is null then 'key' else 'person' end);
