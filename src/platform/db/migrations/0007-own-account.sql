-- What people look after themselves: their profile and their passkeys. Each policy reaches the acting person's own rows alone.

create policy own_change on people for update to latchkey_app using (id = (select app_person())) with check (id = (select app_person()));

grant insert on passkeys to latchkey_app;
create policy own_add on passkeys for insert to latchkey_app with check (person_id = (select app_person()));

grant select, insert, delete on passkey_challenges to latchkey_app;
create policy own_registration on passkey_challenges to latchkey_app
  using (person_id = (select app_person()) and purpose = 'register') with check (person_id = (select app_person()) and purpose = 'register');
