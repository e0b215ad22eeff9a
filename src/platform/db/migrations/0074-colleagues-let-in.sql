-- A partner's administrator lets in colleagues at a customer that gave them so much (CD-038), as far as the customer wants it (BX-15): what it chose, and
-- the second net under what the law decides. Written anew with each definition, as known_grantees() is:

-- The home roles of partners that may let in colleagues; by which codes; what holds for a customer that has not chosen; by which codes all of a code is given.
create function colleague_administrators() returns text[] language sql immutable parallel safe as $$ select '{}'::text[] $$;
create function letting_in() returns text[] language sql immutable parallel safe as $$ select '{}'::text[] $$;
create function colleagues_unless_chosen() returns text[] language sql immutable parallel safe as $$ select '{forbid}'::text[] $$;
create function codes_with(code text) returns text[] language sql immutable parallel safe as $$ select '{}'::text[] $$;

-- What a customer chose, from when until when, so that the past stays answerable.
create table colleague_choices (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references organizations on delete cascade,
  choice text not null check (choice in ('forbid', 'tell', 'ask')),
  chosen_by uuid references people on delete set null,
  from_at timestamptz not null,
  until_at timestamptz,
  check (until_at is null or until_at >= from_at)
);
create unique index one_choice on colleague_choices (customer_id) where until_at is null;
-- Never two at one instant, whoever writes them: whatever is decided about a customer asks for its one choice.
create extension if not exists btree_gist;
alter table colleague_choices add constraint one_choice_at_a_time exclude using gist (customer_id with =, tstzrange(from_at, until_at) with &&);
create index colleague_choices_of_customer on colleague_choices (customer_id, from_at);
alter table colleague_choices enable row level security;
create policy operator on colleague_choices to latchkey_app using ((select app_operator())) with check ((select app_operator()));
create policy facts on colleague_choices for select to latchkey_facts using (true);
create policy system on colleague_choices to latchkey_system using (true) with check (true);
create policy own on colleague_choices for select to latchkey_app using (customer_id = (select app_organization()));
create policy choose on colleague_choices for insert to latchkey_app with check (customer_id = (select app_organization()) and (select app_side()) = 'customer'
  and chosen_by = (select app_person()) and from_at = (select app_now()) and until_at is null);
create policy choose_anew on colleague_choices for update to latchkey_app using (customer_id = (select app_organization()) and (select app_side()) = 'customer')
  with check (until_at = (select app_now()));
create trigger keep_columns before update on colleague_choices for each row execute function keep_columns('until_at');
grant select on colleague_choices to latchkey_facts;
grant select, insert, update, delete on colleague_choices to latchkey_app;   -- whoever runs the portal alone may delete: to take an import back
grant select on colleague_choices to latchkey_system;

-- Whether the acting person lets in colleagues at a customer: with these codes, for the whole customer or less, until then. Never more than their own.
create function lets_in(of_customer uuid, codes text[], of_scope text, until timestamptz) returns boolean
  language sql stable security definer set search_path = pg_catalog, public as $$
  select app_side() = 'partner' and app_person() is not null and app_roles() && colleague_administrators()
    and coalesce((select h.choice from colleague_choices h where h.customer_id = of_customer and h.from_at <= app_now() and (h.until_at is null or h.until_at > app_now())),
      (colleagues_unless_chosen())[1]) <> 'forbid'
    and exists (select 1 from my_standing_grants() s where s.customer_id = of_customer and s.scope = 'all' and s.gives && letting_in())
    and not exists (select 1 from unnest(codes) as c (code) where not exists (
      select 1 from my_standing_grants() s join grants g on g.id = s.id
      where s.customer_id = of_customer and s.gives && codes_with(c.code) and (s.scope = 'all' or s.scope = of_scope) and g.until_at >= until))
$$;
revoke all on function lets_in(uuid, text[], text, timestamptz) from public;
grant execute on function lets_in(uuid, text[], text, timestamptz) to latchkey_app;

-- A colleague of today, by name, from now on, and with no more than one's own.
create policy let_in on grants for insert to latchkey_app with check (
  partner_id = (select app_organization()) and person_id is not null and group_id is null and person_id <> (select app_person())
  and given_by = (select app_person()) and given_at = (select app_now()) and from_at = (select app_now()) and confirmed_at = (select app_now()) and ended_at is null
  and exists (select 1 from memberships m where m.person_id = grants.person_id and m.organization_id = (select app_organization())
    and m.from_at <= app_now() and (m.until_at is null or m.until_at > app_now()))
  and lets_in(customer_id, case when level is null then rights else level || rights end, scope, until_at));
-- Taking it away again, or changing it: it is ended, by the acting person, now. What nobody has confirmed stays the customer's to confirm.
create policy let_out on grants for update to latchkey_app
  using (partner_id = (select app_organization()) and person_id is not null and person_id <> (select app_person()) and confirmed_at is not null
    and lets_in(customer_id, '{}', scope, until_at))
  with check (partner_id = (select app_organization()) and confirmed_at is not null and ended_at = (select app_now()) and ended_by = (select app_person())
    and end_kind in ('removed', 'replaced'));
create policy let_in on grant_sites for insert to latchkey_app with check (exists (select 1 from grants g join sites s on s.customer_id = g.customer_id
  where g.id = grant_id and s.site_no = grant_sites.site_no and g.partner_id = (select app_organization()) and g.given_by = (select app_person()) and g.given_at = (select app_now())));
create policy let_in on grant_records for insert to latchkey_app with check (exists (select 1 from grants g where g.id = grant_id
  and g.partner_id = (select app_organization()) and g.given_by = (select app_person()) and g.given_at = (select app_now())));
