-- What belongs to the database itself and is not copied by CREATE DATABASE … TEMPLATE nor restored by pg_restore alone:
-- who may connect, and settings that keep personal data out of the server log. Run inside the database by a superuser.

do $$
declare
  db text := current_database();
  setting text[];
begin
  execute format('revoke all on database %I from public', db);
  execute format('grant connect on database %I to bok_staff, ibok_portal, ibok_billing, ibok_worker, ibok_migrator, ibok_owner', db);

  foreach setting slice 1 in array array[
    ['timezone', 'Europe/Warsaw'],
    -- DETAIL and STATEMENT lines of the log would carry values of rows and of typed conditions.
    ['log_error_verbosity', 'terse'],
    ['log_min_error_statement', 'panic'],
    ['log_parameter_max_length_on_error', '0'],
    -- Limits a person cannot raise (temp_file_limit), and defaults a person can; the reaper stands behind those.
    ['temp_file_limit', '1GB'],
    ['statement_timeout', '60s'],
    ['lock_timeout', '10s'],
    ['idle_in_transaction_session_timeout', '60s']
  ] loop
    execute format('alter database %I set %I = %L', db, setting[1], setting[2]);
  end loop;
  execute format('alter role ibok_worker in database %I set statement_timeout = %L', db, '10min');
end $$;
