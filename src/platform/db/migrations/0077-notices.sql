-- What people choose to get, letters that wait for the daily digest, and what reminds of an end that comes.

-- Without a row the definition says what somebody gets. Whether they may get it at all is the law's answer, never this table's.
create table notice_choices (
  person_id uuid not null references people on delete cascade,
  customer_id uuid not null references organizations on delete cascade,
  notice text not null check (length(notice) between 1 and 64),
  way text not null check (way in ('mail', 'digest', 'none')),
  chosen_at timestamptz not null,
  primary key (person_id, customer_id, notice)
);
create index notice_choices_at_customer on notice_choices (customer_id, notice) where way <> 'none';

-- What was reminded of, once for each thing and each number of days before its end.
create table reminders (
  kind text not null check (kind in ('access', 'access_request')),
  thing_id uuid not null,
  days int not null check (days > 0),
  at timestamptz not null,
  primary key (kind, thing_id, days)
);

do $$
declare t text;
begin
  foreach t in array array['notice_choices', 'reminders'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy operator on %I to latchkey_app using ((select app_operator())) with check ((select app_operator()))', t);
    execute format('create policy system on %I to latchkey_system using (true) with check (true)', t);
  end loop;
end $$;
create policy own on notice_choices for select to latchkey_app using (person_id = (select app_person()));
create policy own_add on notice_choices for insert to latchkey_app with check (person_id = (select app_person()) and chosen_at = (select app_now()));
create policy own_change on notice_choices for update to latchkey_app using (person_id = (select app_person()))
  with check (person_id = (select app_person()) and chosen_at = (select app_now()));
create trigger keep_columns before update on notice_choices for each row execute function keep_columns('way', 'chosen_at');
grant select, insert, update, delete on notice_choices to latchkey_app;   -- whoever runs the portal alone may delete: to take an import back
grant select on notice_choices to latchkey_system;
grant select, insert on reminders to latchkey_system;
-- The letters of a reminder say what an access covers.
grant select on grant_sites, grant_records, sites to latchkey_system;
create index grants_ending on grants (until_at) where ended_at is null;

-- A letter of a kind that people may choose about; and the digest in which it went out.
alter table outbox
  add column notice text check (length(notice) between 1 and 64),
  add column digest_id uuid references outbox on delete set null,
  drop constraint outbox_state_check,
  add constraint outbox_state_check check (state in ('waiting', 'gathered', 'digested', 'sent', 'held', 'dropped', 'dead'));
create index outbox_gathered on outbox (next_attempt_at) where state = 'gathered';
create index outbox_of_digest on outbox (digest_id) where digest_id is not null;

drop function post_letter(text, uuid, uuid, text[], uuid, text, text, text, uuid, uuid, jsonb, text);
create function post_letter(letter text, to_person uuid, to_organization uuid, to_roles text[], except_person uuid, subject text, body_text text, body_html text,
  about_customer uuid, about_partner uuid, only_if jsonb, thread text, notice text) returns int language sql security definer set search_path = pg_catalog, public as $$
  with added as (
    insert into outbox (to_person_id, letter, subject, body_text, body_html, customer_id, partner_id, only_if, thread, notice, created_at, next_attempt_at)
    select p.id, letter, subject, body_text, body_html, about_customer, about_partner, only_if, thread, notice, app_now(), app_now()
    from people p join memberships m on m.person_id = p.id and m.from_at <= app_now() and (m.until_at is null or m.until_at > app_now())
    where (p.id = to_person or (to_person is null and m.organization_id = to_organization and (to_roles is null or m.roles && to_roles)))
      and p.id is distinct from except_person
    returning 1)
  select count(*)::int from added
$$;

-- The same for whoever chose this notice about the customer. Whether each may still get it is asked when it is sent.
create function post_to_subscribers(letter text, except_person uuid, subject text, body_text text, body_html text,
  about_customer uuid, about_partner uuid, only_if jsonb, thread text, chosen text) returns int language sql security definer set search_path = pg_catalog, public as $$
  with added as (
    insert into outbox (to_person_id, letter, subject, body_text, body_html, customer_id, partner_id, only_if, thread, notice, created_at, next_attempt_at)
    select c.person_id, $1, subject, body_text, body_html, about_customer, about_partner, only_if, $9, chosen, app_now(), app_now()
    from notice_choices c
    where c.customer_id = about_customer and c.notice = chosen and c.way <> 'none' and c.person_id is distinct from except_person
      -- Whoever gets the same letter anyway gets it once.
      and not exists (select 1 from outbox o where o.created_at = app_now() and o.to_person_id = c.person_id and o.letter = $1 and o.thread = $9)
    returning 1)
  select count(*)::int from added
$$;
revoke all on function post_letter(text, uuid, uuid, text[], uuid, text, text, text, uuid, uuid, jsonb, text, text),
  post_to_subscribers(text, uuid, text, text, text, uuid, uuid, jsonb, text, text) from public;
grant execute on function post_letter(text, uuid, uuid, text[], uuid, text, text, text, uuid, uuid, jsonb, text, text) to latchkey_app, latchkey_system;
grant execute on function post_to_subscribers(text, uuid, text, text, text, uuid, uuid, jsonb, text, text) to latchkey_app;
