-- What a file may be called and how it must begin, as main/modules/documents/file-type.ts has it: without this, psql could
-- hand a colleague a program under a document's name. Both raise 23514.

-- A name that is only a name, with an extension of the kind. An unknown kind is left to the column's own check.
create or replace function ibok.check_file_name(p_file_name text, p_mime text) returns void
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  extensions constant jsonb := '{"application/pdf": "pdf", "image/jpeg": "jpg|jpeg|jpe|jfif", "image/png": "png",
    "image/tiff": "tif|tiff", "text/plain": "txt"}';
begin
  if p_file_name ~ '[/\\:*?"<>|]' or p_file_name !~* ('\.(' || (extensions ->> p_mime) || ')$') then
    raise exception 'file name' using errcode = 'check_violation', table = 'uploads', constraint = 'uploads_name_fits';
  end if;
end $$;
revoke execute on function ibok.check_file_name(text, text) from public;

-- The first bytes. Text has no sign of its own; whatever else it is, its name ends in .txt.
create or replace function ibok.check_file_begins(p_content bytea, p_mime text) returns void
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  signs constant jsonb := '{"application/pdf": "255044462d", "image/jpeg": "ffd8ff", "image/png": "89504e470d0a1a0a",
    "image/tiff": "49492a00|4d4d002a"}';
begin
  if encode(substring(p_content for 8), 'hex') !~ ('^(' || (signs ->> p_mime) || ')') then
    raise exception 'file kind' using errcode = 'check_violation', table = 'blobs', constraint = 'blobs_kind';
  end if;
end $$;
revoke execute on function ibok.check_file_begins(bytea, text) from public;
