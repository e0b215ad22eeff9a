-- Records of every kind in one table, partitioned by kind; their people, partners, messages, events and files beside them.

create sequence record_ids;
create sequence record_numbers start 20001;

create table records (
  id bigint not null default nextval('record_ids'),
  kind text not null check (length(kind) <= 64),
  customer_no int not null references organizations (customer_no),
  parent_id bigint,
  external_id text not null check (length(external_id) between 1 and 200),
  number text not null check (length(number) between 1 and 64),
  title text not null check (length(title) between 1 and 300),
  state text not null check (length(state) <= 64),
  attributes jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (kind, id),
  unique (kind, external_id)
) partition by list (kind);
create index records_newest on records (kind, updated_at desc, id desc);
create index records_of_customer on records (kind, customer_no, updated_at desc, id desc);
create index records_by_number on records (kind, number);

create table record_people (
  kind text not null,
  record_id bigint not null,
  relation text not null check (relation in ('requester', 'point_of_contact', 'additional_contact')),
  person_id uuid not null references people,
  customer_no int not null,
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
  customer_no int not null,
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
