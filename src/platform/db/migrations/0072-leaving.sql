-- When somebody leaves an organization, everything that they had by it ends in one statement, at every customer at once. What is theirs stands in rows
-- of many organizations that whoever lets them go may neither see nor change; therefore this function passes the policies and does just this.

-- Gives an open record of somebody who may not be its point of contact any more to one of the customer's own people: to the requester where they may have
-- it. Answers whom, or null where the customer has nobody for it. For the functions that pass the policies, and for nobody else.
create function hand_over_record(of_kind text, of_record bigint, of_person uuid, to_roles text[], stays_copied boolean) returns text language plpgsql as $$
#variable_conflict use_column
declare one record; heir record;
begin
  select r.customer_no, o.id as customer_id, o.name as customer_name into one from records r join organizations o on o.customer_no = r.customer_no
    where r.kind = of_kind and r.id = of_record;
  select p.id, p.name into heir from people p join memberships m on m.person_id = p.id and m.organization_id = one.customer_id
      and m.from_at <= app_now() and (m.until_at is null or m.until_at > app_now())
    where p.id <> of_person and m.roles && to_roles
    order by (exists (select 1 from record_people q where q.kind = of_kind and q.record_id = of_record and q.relation = 'requester'
      and q.person_id = p.id)) desc, p.name, p.id limit 1;
  if heir.id is null then return null; end if;
  delete from record_people where kind = of_kind and record_id = of_record and relation = 'additional_contact' and person_id = heir.id;
  update record_people set person_id = heir.id, added_by = app_person(), added_at = app_now()
    where kind = of_kind and record_id = of_record and relation = 'point_of_contact';
  if stays_copied then
    insert into record_people (kind, record_id, relation, person_id, customer_no, added_by, added_at)
      values (of_kind, of_record, 'additional_contact', of_person, one.customer_no, app_person(), app_now()) on conflict do nothing;
  end if;
  insert into record_events (kind, record_id, customer_no, at, what, by_name, detail)
    select of_kind, of_record, one.customer_no, app_now(), 'point_of_contact', coalesce((select name from people where id = app_person()), 'The portal'),
      jsonb_build_object('person', heir.name, 'personId', heir.id, 'organization', one.customer_name, 'before', p.name) from people p where p.id = of_person;
  update records set updated_at = app_now() where kind = of_kind and id = of_record;
  return heir.name;
end $$;
revoke all on function hand_over_record(text, bigint, uuid, text[], boolean) from public;

-- `places`: for each kind of record its open states, and the home roles of a customer that may be point of contact there. Answers what ended and what is
-- left, or null where the person is not at home there.
create function let_go(of_person uuid, of_organization uuid, places jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
#variable_conflict use_column
declare
  address text; sessions_ended int; groups_left jsonb; keys_ended jsonb; keys_left jsonb; grants_ended jsonb; requests_ended jsonb;
  everyone jsonb; handed jsonb := '[]'; kept jsonb := '[]'; copied jsonb; place jsonb; one record; heir text;
begin
  if not (app_operator() or of_organization in (select organizations_kept())) then
    raise exception 'nobody is let go for others' using errcode = 'insufficient_privilege';
  end if;
  update memberships set until_at = app_now() where person_id = of_person and organization_id = of_organization
    and from_at < app_now() and (until_at is null or until_at > app_now());
  if not found then return null; end if;
  select email into address from people where id = of_person;

  update sessions set ended_at = app_now() where person_id = of_person and ended_at is null and expires_at > app_now();
  get diagnostics sessions_ended = row_count;
  update sign_in_codes set expires_at = app_now() where email = address and expires_at > app_now();
  delete from validated_contacts where organization_id = of_organization and contact_id = of_person;

  -- Keys have no person; those that this person made for the organization are taken for theirs.
  with ended as (update api_keys k set ended_at = app_now() where k.organization_id = of_organization and k.ended_at is null
    and exists (select 1 from audit_entries a where a.what = 'api_key.created' and a.actor_id = of_person and a.on_id = k.id::text) returning k.name)
  select coalesce(jsonb_agg(name order by name), '[]') into keys_ended from ended;
  select coalesce(jsonb_agg(name order by name), '[]') into keys_left from api_keys
    where organization_id = of_organization and ended_at is null and (expires_at is null or expires_at > app_now())
      and not exists (select 1 from audit_entries a where a.what = 'api_key.created' and a.actor_id = of_person and a.on_id = api_keys.id::text);

  -- What the organization or a group still has, at whom it no longer reaches this person.
  with ended as (update group_members m set until_at = app_now() from groups g
    where g.id = m.group_id and g.partner_id = of_organization and m.person_id = of_person and m.until_at is null returning g.id, g.name)
  select coalesce(jsonb_agg(distinct jsonb_build_object('group', e.name, 'customer', g.customer_id)), '[]') into groups_left
  from ended e left join grants g on g.group_id = e.id and g.ended_at is null and g.until_at > app_now();
  select coalesce(jsonb_agg(distinct g.customer_id), '[]') into everyone from grants g
    where g.partner_id = of_organization and g.person_id is null and g.group_id is null and g.ended_at is null and g.until_at > app_now();

  with ended as (update grants set ended_at = app_now(), ended_by = app_person(), end_kind = 'relinquished'
    where partner_id = of_organization and person_id = of_person and ended_at is null and until_at > app_now() returning id, number, customer_id, level, rights)
  select coalesce(jsonb_agg(jsonb_build_object('id', id, 'number', number, 'customer', customer_id, 'level', level, 'rights', rights) order by number), '[]')
    into grants_ended from ended;

  -- Requests that they made, and those for nobody else; a request for others too stays, and whoever answers it is told.
  with ended as (update access_requests r set state = 'withdrawn', answered_by = app_person(), answered_at = app_now()
    where r.partner_id = of_organization and r.state = 'pending' and r.lapses_at > app_now() and (r.asked_by = of_person
      or not exists (select 1 from access_request_items i where i.request_id = r.id and i.person_id is distinct from of_person)) returning r.id, r.number, r.customer_id),
  freed as (update access_request_items i set pending_customer_id = null, pending_partner_id = null from ended e where i.request_id = e.id)
  select coalesce(jsonb_agg(jsonb_build_object('id', id, 'number', number, 'customer', customer_id) order by number), '[]') into requests_ended from ended;

  -- Open work goes to one of the customer's own people: to the requester where they may have it.
  for place in select jsonb_array_elements(places) loop
    for one in select n.record_id, r.number, o.id as customer_id from record_people n
        join records r on r.kind = n.kind and r.id = n.record_id join organizations o on o.customer_no = r.customer_no
        where n.kind = place ->> 'kind' and n.relation = 'point_of_contact' and n.person_id = of_person
          and r.state in (select jsonb_array_elements_text(place -> 'open')) order by n.record_id loop
      heir := hand_over_record(place ->> 'kind', one.record_id, of_person, array(select jsonb_array_elements_text(place -> 'roles')), false);
      if heir is null then
        kept := kept || jsonb_build_object('number', one.number, 'customer', one.customer_id);
      else
        handed := handed || jsonb_build_object('number', one.number, 'customer', one.customer_id, 'to', heir);
      end if;
    end loop;
  end loop;
  with ended as (delete from record_people n where n.person_id = of_person and n.relation = 'additional_contact' returning n.customer_no)
  select coalesce(jsonb_agg(jsonb_build_object('customer', o.id, 'count', c.count)), '[]') into copied
  from (select customer_no, count(*) from ended group by 1) c join organizations o on o.customer_no = c.customer_no;

  return jsonb_build_object('sessions', sessions_ended, 'keys', keys_ended, 'keysLeft', keys_left, 'groups', groups_left, 'everyone', everyone,
    'grants', grants_ended, 'requests', requests_ended, 'handedOver', handed, 'withoutHeir', kept, 'copied', copied,
    'customers', (select coalesce(jsonb_object_agg(o.id, o.name), '{}') from organizations o where o.kind = 'customer' and o.id in (
      select (v ->> 'customer')::uuid from jsonb_array_elements(groups_left || grants_ended || requests_ended || handed || kept || copied) v
      union select e::uuid from jsonb_array_elements_text(everyone) e)));
end $$;
revoke all on function let_go(uuid, uuid, jsonb) from public;
grant execute on function let_go(uuid, uuid, jsonb) to latchkey_app;
