-- To how many typed addresses a customer had the portal write about a partner's roles in the last hour: they may be anybody's.
create index outbox_to_addresses on outbox (customer_id, created_at) where to_address is not null;
create function addresses_told() returns bigint language sql stable security definer set search_path = pg_catalog, public as $$
  select count(*) from outbox where customer_id = app_organization() and to_address is not null and letter = 'partner-roles-changed'
    and created_at > app_now() - interval '1 hour'
$$;
revoke all on function addresses_told() from public;
grant execute on function addresses_told() to latchkey_app;
