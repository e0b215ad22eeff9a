-- How many records each customer has, of each kind and in each state, so that a list's count need not go through the rows.

-- A change is added as a row of its own: writers never wait for one another, and the sum is exact in every snapshot. Now and then the rows of one
-- customer are folded into one. State '' counts whatever the state; no customer: records that belong to none.
create table record_counts (
  kind text not null,
  state text not null,
  customer_no int,
  change bigint not null
) partition by list (kind);
-- One partition for all: only in a partition does the planner write the test of a customer's bit out, instead of calling a function for each row.
create table record_counts_all partition of record_counts default;
create index record_counts_of_customer on record_counts (kind, state, customer_no) include (change);
alter table record_counts enable row level security;
create policy operator on record_counts for select to latchkey_app using ((select app_operator()));
grant select on record_counts to latchkey_app;

create function records_counted() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if tg_op = 'INSERT' then
    insert into record_counts select kind, unnest(array['', state]), customer_no, count(*) from after_change group by kind, state, customer_no;
  else
    insert into record_counts select kind, unnest(array['', state]), customer_no, -count(*) from before_change group by kind, state, customer_no;
  end if;
  return null;
end $$;
create trigger records_added after insert on records referencing new table as after_change for each statement execute function records_counted();
create trigger records_taken after delete on records referencing old table as before_change for each statement execute function records_counted();

create function record_recounted() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into record_counts
  values (old.kind, old.state, old.customer_no, -1), (new.kind, new.state, new.customer_no, 1), (old.kind, '', old.customer_no, -1), (new.kind, '', new.customer_no, 1);
  return null;
end $$;
create trigger record_recounted after update on records for each row
  when ((old.kind, old.state, old.customer_no) is distinct from (new.kind, new.state, new.customer_no)) execute function record_recounted();

-- Makes one row of many, one folder at a time; who counts meanwhile sees either the many or the one.
create function fold_record_counts() returns void language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if not pg_try_advisory_xact_lock(40, 0) then return; end if;
  with many as (select kind, state, customer_no from record_counts group by kind, state, customer_no having count(*) > 1),
  taken as (delete from record_counts c using many m
    where c.kind = m.kind and c.state = m.state and c.customer_no is not distinct from m.customer_no returning c.*)
  insert into record_counts select kind, state, customer_no, sum(change) from taken group by kind, state, customer_no having sum(change) <> 0;
end $$;

-- Counts everything anew, for records that were put in without triggers.
create function recount_records() returns void language sql as $$
  delete from record_counts;
  insert into record_counts select kind, '', customer_no, count(*) from records group by kind, customer_no;
  insert into record_counts select kind, state, customer_no, count(*) from records group by kind, state, customer_no;
$$;
select recount_records();

revoke all on function records_counted(), record_recounted(), fold_record_counts(), recount_records() from public;
grant execute on function fold_record_counts() to latchkey_system;

create function records_emptied() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  delete from record_counts;
  return null;
end $$;
create trigger records_emptied after truncate on records for each statement execute function records_emptied();
revoke all on function records_emptied() from public;
