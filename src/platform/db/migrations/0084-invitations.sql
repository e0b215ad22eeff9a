-- Partners of record, and partners that a customer invites: by the partner's ID, or by a link that the partner made. The partner accepts, and from that
-- instant has what the invitation says and no more: the policies below let it write just that.

-- The partner of record at the time of the sale (MI-001). A label without rights (M-A9), which the vendor alone gives and takes.
alter table relationships add column of_record boolean not null default false, add check (not of_record or relation = 'works_with');
alter policy own_insert on relationships
  with check (customer_id = (select app_organization()) and (select app_side()) = 'customer' and relation = 'works_with' and not of_record);

-- By its ID a partner is invited. Whoever has it learns the partner's name and no more, so it is drawn and not counted.
alter table organizations add column partner_code text not null unique
  default upper(substr(replace(gen_random_uuid()::text, '-', ''), 1, 12)) check (partner_code ~ '^[0-9A-F]{12}$');

create table invitations (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity unique,
  customer_id uuid not null references organizations,
  partner_id uuid not null references organizations,
  gives text[] not null,                                -- the roles that it gives; none: the two work together, and no more
  until_at timestamptz not null,                        -- the end of what it gives
  state text not null default 'waiting' check (state in ('waiting', 'accepted', 'declined', 'withdrawn', 'lapsed')),
  invited_by uuid not null references people,
  invited_at timestamptz not null,
  lapses_at timestamptz not null,
  answered_by uuid references people,
  answered_at timestamptz,
  answer_reason text check (length(answer_reason) <= 1000),
  check ((state = 'waiting') = (answered_at is null))
);
create unique index one_waiting_invitation on invitations (customer_id, partner_id) where state = 'waiting';
create index invitations_of_customer on invitations (customer_id, invited_at);
create index invitations_of_partner on invitations (partner_id, invited_at);

-- A link that a partner made, for one invitation. Its token is kept as a hash.
create table invitation_links (
  id uuid primary key default gen_random_uuid(),
  partner_id uuid not null references organizations,
  token_hash text not null unique,
  made_by uuid not null references people,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  ended_at timestamptz
);
create index invitation_links_of_partner on invitation_links (partner_id);

do $$
declare t text;
begin
  foreach t in array array['invitations', 'invitation_links'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy operator on %I to latchkey_app using ((select app_operator())) with check ((select app_operator()))', t);
    execute format('grant select, insert, update on %I to latchkey_app', t);
  end loop;
end $$;
grant delete on invitations to latchkey_app;   -- whoever runs the portal alone may: to take an import back
grant usage on sequence invitations_number_seq to latchkey_app;

create policy own on invitations for select to latchkey_app
  using (customer_id = (select app_organization()) or partner_id = (select app_organization()));
create policy send on invitations for insert to latchkey_app with check (
  customer_id = (select app_organization()) and (select app_side()) = 'customer' and invited_by = (select app_person()) and invited_at = (select app_now())
  and state = 'waiting' and lapses_at > (select app_now()));
create policy answer on invitations for update to latchkey_app
  using (state = 'waiting' and (customer_id = (select app_organization()) or partner_id = (select app_organization())))
  with check (answered_at = (select app_now()) and (
    (customer_id = (select app_organization()) and state in ('withdrawn', 'lapsed'))
    or (partner_id = (select app_organization()) and state in ('accepted', 'declined') and answered_by = (select app_person()) and lapses_at > (select app_now()))));
create trigger keep_columns before update on invitations for each row execute function keep_columns('state', 'answered_by', 'answered_at', 'answer_reason');

create policy own on invitation_links for select to latchkey_app using (partner_id = (select app_organization()));
create policy make on invitation_links for insert to latchkey_app with check (partner_id = (select app_organization()) and (select app_side()) = 'partner'
  and made_by = (select app_person()) and made_at = (select app_now()) and used_at is null and ended_at is null);
create policy finish on invitation_links for update to latchkey_app using (partner_id = (select app_organization()) and used_at is null and ended_at is null)
  with check (ended_at = (select app_now()));
create trigger keep_columns before update on invitation_links for each row execute function keep_columns('ended_at');

-- Both sides of an invitation know each other by name, and no more: neither sites nor people.
create policy invited on organizations for select to latchkey_app using (
  id in (select i.partner_id from invitations i where i.customer_id = (select app_organization()))
  or id in (select i.customer_id from invitations i where i.partner_id = (select app_organization())));

-- The partner that has this ID. Suspended partners are invited by nobody.
create function partner_with_code(code text) returns uuid language sql stable security definer set search_path = pg_catalog, public as $$
  select id from organizations where kind = 'partner' and partner_code = code and not is_suspended(suspended_at) and app_side() = 'customer'
$$;

-- The partner that made the link, where the link still counts: by its hash alone, and for customers.
create function partner_offering(hash text) returns table (partner_id uuid, partner_name text, email_domain text, expires_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select o.id, o.name, o.email_domain, l.expires_at from invitation_links l join organizations o on o.id = l.partner_id and not is_suspended(o.suspended_at)
  where l.token_hash = hash and l.used_at is null and l.ended_at is null and l.expires_at > app_now() and app_side() = 'customer'
$$;

-- Uses the link up; null where it does not count (any more).
create function use_invitation_link(hash text) returns uuid language sql security definer set search_path = pg_catalog, public as $$
  update invitation_links l set used_at = app_now() where l.token_hash = hash and l.used_at is null and l.ended_at is null and l.expires_at > app_now()
    and app_side() = 'customer' and exists (select 1 from organizations o where o.id = l.partner_id and not is_suspended(o.suspended_at))
  returning l.partner_id
$$;

revoke all on function partner_with_code(text), partner_offering(text), use_invitation_link(text) from public;
grant execute on function partner_with_code(text), partner_offering(text), use_invitation_link(text) to latchkey_app;

-- What the partner may write by accepting, in the transaction of its answer: the relationship, a group for each role, and the access of that group.
create policy accepted on relationships for insert to latchkey_app with check (
  partner_id = (select app_organization()) and relation = 'works_with' and not of_record and from_at = (select app_now()) and until_at is null
  and exists (select 1 from invitations i where i.customer_id = relationships.customer_id and i.partner_id = relationships.partner_id
    and i.state = 'accepted' and i.answered_at = (select app_now())));
create policy accepted on groups for insert to latchkey_app with check (
  partner_id = (select app_organization()) and external_id is null and ended_at is null and created_at = (select app_now())
  and exists (select 1 from invitations i where i.customer_id = groups.customer_id and i.partner_id = groups.partner_id
    and i.state = 'accepted' and i.answered_at = (select app_now()) and groups.gives = any (i.gives)));
-- A group of before, whose access is over, is over too before the new one: nobody in it gets anything by the new access.
create policy accepted_anew on groups for update to latchkey_app
  using (partner_id = (select app_organization()) and ended_at is null
    and not exists (select 1 from grants g where g.group_id = groups.id and g.ended_at is null and g.until_at > (select app_now()))
    and exists (select 1 from invitations i where i.customer_id = groups.customer_id and i.partner_id = groups.partner_id
      and i.state = 'accepted' and i.answered_at = (select app_now()) and groups.gives = any (i.gives)))
  with check (partner_id = (select app_organization()) and ended_at = (select app_now()));
-- To a group of its own, which it fills as it likes anyway: one role each, of those that the invitation says, to its day, as its sender's gift.
create policy accepted on grants for insert to latchkey_app with check (
  partner_id = (select app_organization()) and person_id is null and group_id is not null and level is null and cardinality(rights) = 1 and scope = 'all'
  and ended_at is null and request_id is null
  and from_at = (select app_now()) and given_at = (select app_now()) and confirmed_at = (select app_now())
  and exists (select 1 from invitations i where i.customer_id = grants.customer_id and i.partner_id = grants.partner_id
    and i.state = 'accepted' and i.answered_at = (select app_now()) and grants.rights <@ i.gives and grants.until_at = i.until_at
    and grants.given_by = i.invited_by));
-- An access whose day came long ago may still stand where the new one belongs.
create policy accepted_anew on grants for update to latchkey_app
  using (partner_id = (select app_organization()) and group_id is not null and ended_at is null and until_at <= (select app_now())
    and exists (select 1 from invitations i where i.customer_id = grants.customer_id and i.partner_id = grants.partner_id
      and i.state = 'accepted' and i.answered_at = (select app_now())))
  with check (partner_id = (select app_organization()) and end_kind = 'replaced' and ended_at = (select app_now()));

-- The customer ends its work with a partner that it chose itself (MI-034); that of record stays.
create policy own_end on relationships for update to latchkey_app
  using (customer_id = (select app_organization()) and (select app_side()) = 'customer' and relation = 'works_with' and not of_record and until_at is null)
  with check (customer_id = (select app_organization()) and until_at = (select app_now()));
create trigger keep_columns before update on relationships for each row execute function keep_columns('until_at');
alter table relationships drop constraint relationships_check, add check (until_at is null or until_at >= from_at);

-- A screen that is locked to one customer shows invitations of no other (BX-11).
create policy focus on invitations as restrictive for select to latchkey_app using ((select app_focus()) is null or customer_id = (select app_focus()));
