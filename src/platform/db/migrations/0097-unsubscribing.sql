-- What a letter lets its reader decline with one click (RFC 8058), by a token that is kept as a hash.
create table unsubscribings (
  token_hash text primary key check (length(token_hash) = 43),
  person_id uuid not null references people on delete cascade,
  notices jsonb not null,                                -- [{"customerId", "notice"}]: of a digest, one for each that it held
  made_at timestamptz not null
);
create index unsubscribings_of_age on unsubscribings (made_at);
create index unsubscribings_of_person on unsubscribings (person_id);
alter table unsubscribings enable row level security;
-- Whoever holds the letter is asked for nothing else, so the server's own work alone reads what stands behind a token, and chooses for its person.
create policy system on unsubscribings to latchkey_system using (true) with check (true);
grant select, insert, delete on unsubscribings to latchkey_system;
grant insert, update on notice_choices to latchkey_system;
