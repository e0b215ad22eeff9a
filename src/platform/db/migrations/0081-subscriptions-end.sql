-- What a partner's people chose to get about a customer ends when the customer takes the partner out, and is there again when that is undone. Everybody reads
-- and writes their own choices alone, so two functions do just this, for the acting customer and about itself.

create function end_notice_choices(of_partner uuid) returns jsonb language sql volatile security definer set search_path = pg_catalog, public as $$
  with ended as (
    delete from notice_choices c where c.customer_id = app_organization() and app_side() = 'customer'
      and exists (select 1 from memberships m where m.person_id = c.person_id and m.organization_id = of_partner and m.organization_id <> app_organization())
    returning c.person_id, c.notice, c.way)
  select coalesce(jsonb_agg(jsonb_build_object('person', person_id, 'notice', notice, 'way', way) order by person_id, notice), '[]') from ended
$$;

-- Only what a removal of the last ten minutes ended, and what nobody chose otherwise meanwhile.
create function restore_notice_choices(of_removal uuid) returns int language sql volatile security definer set search_path = pg_catalog, public as $$
  with restored as (
    insert into notice_choices (person_id, customer_id, notice, way, chosen_at)
    select (c ->> 'person')::uuid, r.customer_id, c ->> 'notice', c ->> 'way', app_now()
    from removals r cross join lateral jsonb_array_elements(r.ended) e cross join lateral jsonb_array_elements(e -> 'rows') c
    where r.id = of_removal and r.customer_id = app_organization() and app_side() = 'customer' and r.undone_at is null
      and app_now() < r.removed_at + interval '10 minutes' and e ->> 'what' = 'subscription'
      and exists (select 1 from memberships m where m.person_id = (c ->> 'person')::uuid and m.organization_id = r.partner_id)
    on conflict do nothing returning 1)
  select count(*)::int from restored
$$;

revoke all on function end_notice_choices(uuid), restore_notice_choices(uuid) from public;
grant execute on function end_notice_choices(uuid), restore_notice_choices(uuid) to latchkey_app;
