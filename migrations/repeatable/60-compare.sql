-- Field-wise compare for the office's own records. p_changes {column: [old, new]} against the row as it stands:
-- {"wanted": {column: new}, "conflicts": {column: {original, theirs, mine}}}. A field that already stands as wanted is
-- neither. Texts come trimmed, an empty one is null.
create or replace function ibok.compare_fields(p_current jsonb, p_changes jsonb, p_editable text[]) returns jsonb
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  wanted jsonb := '{}';
  conflicts jsonb := '{}';
  field record;
begin
  if jsonb_typeof(p_changes) is distinct from 'object' or p_changes = '{}' then
    raise exception 'changes' using errcode = 'IB004';
  end if;
  for field in
    select key, value, nullif(btrim(value ->> 0), '') as original, nullif(btrim(value ->> 1), '') as mine,
           p_current ->> key as theirs
      from jsonb_each(p_changes)
  loop
    if field.key <> all (p_editable) or jsonb_typeof(field.value) <> 'array' or jsonb_array_length(field.value) <> 2
       or jsonb_typeof(field.value -> 0) not in ('string', 'null') or jsonb_typeof(field.value -> 1) not in ('string', 'null') then
      raise exception 'changes' using errcode = 'IB004';
    end if;
    if field.theirs is distinct from field.original and field.theirs is distinct from field.mine then
      conflicts := conflicts || jsonb_build_object(field.key,
        jsonb_build_object('original', field.original, 'theirs', field.theirs, 'mine', field.mine));
    elsif field.theirs is distinct from field.mine then
      wanted := wanted || jsonb_build_object(field.key, field.mine);
    end if;
  end loop;
  return jsonb_build_object('wanted', wanted, 'conflicts', conflicts);
end $$;
revoke execute on function ibok.compare_fields(jsonb, jsonb, text[]) from public;
