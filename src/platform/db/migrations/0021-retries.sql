-- What a caller has done under an Idempotency-Key, kept in the transaction of the work: a request that is sent again has one effect and one answer.

create table done_once (
  actor_id uuid not null,                               -- the person or key who asked
  key text not null check (length(key) between 1 and 210), -- of a part of a request: with its place behind it
  action text not null check (length(action) <= 64),
  fingerprint text not null,                            -- method, address and body of the request
  answer jsonb,
  at timestamptz not null,
  primary key (actor_id, key, action)
);
alter table done_once enable row level security;
create policy own on done_once to latchkey_app
  using (actor_id = (select coalesce(app_person(), nullif(current_setting('app.key', true), '')::uuid)))
  with check (actor_id = (select coalesce(app_person(), nullif(current_setting('app.key', true), '')::uuid)));
grant select, insert, delete on done_once to latchkey_app;
