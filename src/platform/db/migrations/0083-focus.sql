-- The screen locked to one customer (BX-11): a session that is, shows of other customers nothing at all, whichever page asks. The door refuses things of
-- others; these policies leave them out of everything that is listed. They only take away: where no session is locked, they are true of every row.

create function app_focus() returns uuid language sql stable parallel safe as $$ select nullif(current_setting('app.focus', true), '')::uuid $$;

alter table sessions add column focus_customer_id uuid references organizations on delete set null;
drop trigger keep_columns on sessions;
create trigger keep_columns before update on sessions for each row execute function keep_columns('ended_at', 'focus_customer_id');

create policy focus on organizations as restrictive for select to latchkey_app
  using ((select app_focus()) is null or kind <> 'customer' or id = (select app_focus()));
do $$ declare t text; begin
  foreach t in array array['grants', 'audit_entries', 'relationships', 'links', 'notice_choices'] loop
    execute format('create policy focus on %I as restrictive for select to latchkey_app using ((select app_focus()) is null or customer_id = (select app_focus()))', t);
  end loop;
end $$;
-- Whose customer a request is that waits is not told to the partner, so while the screen is locked none is shown.
create policy focus on access_requests as restrictive for select to latchkey_app using ((select app_focus()) is null);
create policy focus on groups as restrictive for select to latchkey_app
  using ((select app_focus()) is null or customer_id is null or customer_id = (select app_focus()));
