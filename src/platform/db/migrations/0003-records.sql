-- Records of every kind in one table, partitioned by kind; their people, partners, messages, events and files beside them.

create sequence record_ids;
create sequence record_numbers start 20001;

create table records (
  id bigint not null default nextval('record_ids'),
  kind text not null check (length(kind) <= 64),
  customer_no int references organizations (customer_no), -- null: of no customer, such as an announcement
  site_no int,
  parent_kind text,                                     -- what it is part of: a line's order
  parent_id bigint,
  reference_kind text,                                  -- the one record that it refers to
  reference_id bigint,
  reference_customer_no int,                            -- that record's customer; kept by a trigger
  external_id text not null check (length(external_id) between 1 and 200),
  number text not null check (length(number) between 1 and 64),
  title text not null check (length(title) between 1 and 300),
  state text not null check (length(state) <= 64),
  attributes jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (kind, id),
  unique (kind, external_id),
  foreign key (site_no, customer_no) references sites (site_no, customer_no),
  check (site_no is null or customer_no is not null),
  check ((parent_kind is null) = (parent_id is null)),
  check ((reference_kind is null) = (reference_id is null))
) partition by list (kind);
create index records_newest on records (kind, updated_at desc, id desc);
create index records_of_customer on records (kind, customer_no, updated_at desc, id desc);
create index records_of_parent on records (parent_kind, parent_id) where parent_id is not null;
create index records_of_reference on records (reference_kind, reference_id) where reference_id is not null;
create index records_by_number on records (kind, number);

create table record_people (
  kind text not null,
  record_id bigint not null,
  relation text not null check (length(relation) <= 64),
  person_id uuid not null references people,
  customer_no int,
  added_by uuid references people,
  added_at timestamptz not null,
  primary key (kind, record_id, relation, person_id),
  foreign key (kind, record_id) references records on delete cascade
);
create unique index one_point_of_contact on record_people (kind, record_id) where relation = 'point_of_contact';
create index record_people_of_person on record_people (person_id, kind, record_id);

create table record_partners (
  kind text not null,
  record_id bigint not null,
  relation text not null check (length(relation) <= 64),
  partner_id uuid not null references organizations,
  customer_no int,
  updated_at timestamptz not null,
  primary key (kind, record_id, relation, partner_id),
  foreign key (kind, record_id) references records on delete cascade
);
create index record_partners_of_partner on record_partners (partner_id, relation, kind, updated_at desc, record_id desc);

create table messages (
  id bigint generated always as identity primary key,
  kind text not null,
  record_id bigint not null,
  customer_no int not null,
  author_id uuid references people,
  author_name text not null check (length(author_name) <= 200),
  author_organization_id uuid references organizations, -- the author's home; a partner's person writes for the record's customer
  body text not null check (length(body) between 1 and 20000),
  created_at timestamptz not null,
  foreign key (kind, record_id) references records on delete cascade
);
create index messages_of_record on messages (kind, record_id, id);

create table record_events (
  id bigint generated always as identity primary key,
  kind text not null,
  record_id bigint not null,
  customer_no int not null,
  at timestamptz not null,
  what text not null check (length(what) <= 64),        -- opened, state, assigned, contact_added, …
  by_name text check (length(by_name) <= 200),
  detail jsonb not null default '{}',
  foreign key (kind, record_id) references records on delete cascade
);
create index record_events_of_record on record_events (kind, record_id, id);

create table files (
  id uuid primary key default gen_random_uuid(),
  kind text not null,
  record_id bigint not null,
  customer_no int not null,
  message_id bigint references messages on delete cascade,
  name text not null check (length(name) between 1 and 255),
  media_type text not null check (length(media_type) <= 127),
  size int not null check (size >= 0),
  sha256 text not null,
  content bytea not null,
  uploaded_by uuid references people,
  uploaded_by_name text not null check (length(uploaded_by_name) <= 200),
  created_at timestamptz not null,
  foreign key (kind, record_id) references records on delete cascade
);
create index files_of_record on files (kind, record_id, created_at);

-- Which partners a record reaches, in one narrow table: those named on it, on its parts (part.relation), and on the record it refers to
-- (reference/relation). Kept by triggers alone; nobody writes it.
create table record_assignments (
  partner_id uuid not null references organizations,
  relation text not null,
  kind text not null,
  record_id bigint not null,
  updated_at timestamptz not null,
  primary key (kind, record_id, relation, partner_id),
  foreign key (kind, record_id) references records on delete cascade
);
create index record_assignments_newest on record_assignments (partner_id, relation, kind, updated_at desc, record_id desc);

-- Writes one record's assignments anew, and then those of what it is part of and of what refers to it. Depth: kinds are no part of themselves.
create function assign_anew(of_kind text, of_record bigint, depth int default 0) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare r records%rowtype; other record;
begin
  select * into r from records where kind = of_kind and id = of_record;
  if not found or depth > 8 then return; end if;
  delete from record_assignments where kind = of_kind and record_id = of_record;
  insert into record_assignments (partner_id, relation, kind, record_id, updated_at)
  select partner_id, relation, of_kind, of_record, r.updated_at from record_partners where kind = of_kind and record_id = of_record
  union select a.partner_id, case when a.relation like '%.%' then a.relation else a.kind || '.' || a.relation end, of_kind, of_record, r.updated_at
    from records part join record_assignments a on a.kind = part.kind and a.record_id = part.id
    where part.parent_kind = of_kind and part.parent_id = of_record and a.relation not like '%/%'
  union select a.partner_id, 'reference/' || a.relation, of_kind, of_record, r.updated_at
    from record_assignments a where a.kind = r.reference_kind and a.record_id = r.reference_id and a.relation not like '%/%';
  if r.parent_id is not null then perform assign_anew(r.parent_kind, r.parent_id, depth + 1); end if;
  for other in select kind, id from records where reference_kind = of_kind and reference_id = of_record loop
    perform assign_anew(other.kind, other.id, depth + 1);
  end loop;
end $$;

create function partners_changed() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare one record;
begin
  if tg_op <> 'INSERT' then
    for one in select distinct kind, record_id from before_change loop perform assign_anew(one.kind, one.record_id); end loop;
  end if;
  if tg_op <> 'DELETE' then
    for one in select distinct kind, record_id from after_change loop perform assign_anew(one.kind, one.record_id); end loop;
  end if;
  return null;
end $$;
create trigger partners_added after insert on record_partners referencing new table as after_change for each statement execute function partners_changed();
create trigger partners_altered after update on record_partners referencing old table as before_change new table as after_change
  for each statement execute function partners_changed();
create trigger partners_taken after delete on record_partners referencing old table as before_change for each statement execute function partners_changed();

-- A part is the customer's whose the whole is.
create function part_follows() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if tg_op = 'UPDATE' and new.customer_no is distinct from old.customer_no then
    update records set customer_no = new.customer_no, site_no = null where parent_kind = new.kind and parent_id = new.id;
  end if;
  if new.parent_id is not null and exists (select 1 from records w where w.kind = new.parent_kind and w.id = new.parent_id
      and w.customer_no is distinct from new.customer_no) then
    raise exception 'a part is the customer''s whose the whole is' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger part_follows after insert or update of customer_no, parent_kind, parent_id on records
  deferrable initially deferred for each row execute function part_follows();

-- A record that refers to another one carries that one's customer.
create function carry_reference() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  new.reference_customer_no := (select customer_no from records where kind = new.reference_kind and id = new.reference_id);
  return new;
end $$;
create trigger carry_reference before insert or update of reference_kind, reference_id on records
  for each row when (new.reference_id is not null) execute function carry_reference();
create trigger forget_reference before update of reference_kind, reference_id on records
  for each row when (new.reference_id is null and old.reference_id is not null) execute function carry_reference();

-- What else moves assignments: a record that becomes part of another, refers to another, changes its customer, or is touched.
create function record_moved() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if tg_op = 'DELETE' then
    if old.parent_id is not null then perform assign_anew(old.parent_kind, old.parent_id); end if;
    update records set reference_id = null, reference_kind = null where reference_kind = old.kind and reference_id = old.id;
    return null;
  end if;
  if tg_op = 'UPDATE' then
    if new.customer_no is distinct from old.customer_no then
      update records set reference_customer_no = new.customer_no where reference_kind = new.kind and reference_id = new.id;
    end if;
    if (old.parent_kind, old.parent_id) is distinct from (new.parent_kind, new.parent_id) and old.parent_id is not null then
      perform assign_anew(old.parent_kind, old.parent_id);
    end if;
  end if;
  perform assign_anew(new.kind, new.id);
  return null;
end $$;
create trigger record_placed after insert on records for each row when (new.parent_id is not null or new.reference_id is not null)
  execute function record_moved();
create trigger record_moved after update on records for each row when (
  (old.parent_kind, old.parent_id, old.reference_kind, old.reference_id, old.customer_no) is distinct from
  (new.parent_kind, new.parent_id, new.reference_kind, new.reference_id, new.customer_no)) execute function record_moved();
create trigger record_gone after delete on records for each row execute function record_moved();

create function record_touched() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  update record_assignments set updated_at = new.updated_at where kind = new.kind and record_id = new.id;
  return null;
end $$;
create trigger record_touched after update on records for each row when (old.updated_at is distinct from new.updated_at) execute function record_touched();
revoke all on function assign_anew(text, bigint, int), partners_changed(), carry_reference(), record_moved(), record_touched(), part_follows() from public;
