-- What lists need beside the rows: indexes for going through sites and references, and for text.

create extension if not exists pg_trgm;
create index records_text on records using gin ((number || ' ' || title) gin_trgm_ops);
create index records_exact_number on records (kind, lower(number));
create index records_of_site on records (kind, site_no, updated_at desc, id desc) where site_no is not null;
create index records_of_referred_customer on records (kind, reference_customer_no, updated_at desc, id desc) where reference_customer_no is not null;

-- Records of a kind with a text in number or title that the actor may read, by the very expression of the row policy; written anew with each definition.
-- A policy under a text index is evaluated for every row of the table; here the index goes first. Exact numbers come first, then the newest.
create function search_records(of_kind text, wanted text, of_customer int, of_states text[], after_exact boolean, after_at timestamptz, after_id bigint, at_most int)
  returns table (record_id bigint, is_exact boolean)
  language plpgsql stable security definer set search_path = pg_catalog, public as $$ begin return; end $$;
create function count_found_records(of_kind text, wanted text, of_customer int, of_states text[]) returns bigint
  language plpgsql stable security definer set search_path = pg_catalog, public as $$ begin return 0; end $$;

revoke all on function search_records(text, text, int, text[], boolean, timestamptz, bigint, int),
  count_found_records(text, text, int, text[]) from public;
grant execute on function search_records(text, text, int, text[], boolean, timestamptz, bigint, int),
  count_found_records(text, text, int, text[]) to latchkey_app;
