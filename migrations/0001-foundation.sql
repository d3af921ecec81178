-- Text domains, identifier checks and the folding used by search. Everything later stands on these.
-- Text is NFC without control, bidi-override and zero-width characters, against psql too (schema invariant 10).

create function ibok.is_clean_line(value text) returns boolean
  language sql immutable strict parallel safe
  return value is nfc normalized
     and value !~ '[\u0001-\u001f\u007f-\u009f\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]';

create function ibok.is_clean_note(value text) returns boolean
  language sql immutable strict parallel safe
  return value is nfc normalized
     and value !~ '[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]';

create domain ibok.line as text
  constraint line_clean check (ibok.is_clean_line(value))
  constraint line_length check (char_length(value) <= 200);
create domain ibok.note as text
  constraint note_clean check (ibok.is_clean_note(value))
  constraint note_length check (char_length(value) <= 10000);
create domain ibok.code as text
  constraint code_form check (value ~ '^[0-9A-Za-z][0-9A-Za-z ./_-]{0,39}$');
create domain ibok.phone as text
  constraint phone_form check (value ~ '^(?=(?:[^0-9]*[0-9]){7,15}[^0-9]*$)\+?\(?[0-9][0-9 ()/-]{5,23}$');
create domain ibok.email as text
  constraint email_form check (value ~ '^[A-Za-z0-9.!#$%&''*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$'
    and char_length(value) <= 200);
create domain ibok.postal_code as text
  constraint postal_code_form check (value ~ '^[0-9]{2}-[0-9]{3}$');
create domain ibok.grosze as bigint
  constraint grosze_range check (value between -100000000000 and 100000000000);

-- NIP: weights 6 5 7 2 3 4 5 6 7, sum mod 11 is the tenth digit; remainder 10 is no valid number.
create function ibok.nip_ok(value text) returns boolean
  language sql immutable strict parallel safe
  return value ~ '^[0-9]{10}$' and (
    select sum(substr(value, i, 1)::int * (array[6,5,7,2,3,4,5,6,7])[i]) % 11
      from generate_series(1, 9) as i) = substr(value, 10, 1)::int;

-- PESEL: weights 1 3 7 9 repeated, control (10 - sum mod 10) mod 10, and a real date (month + 80/20/40/60 by century).
-- The day is compared with the length of its month, because catching an error would not be parallel safe.
create function ibok.pesel_ok(value text) returns boolean
  language plpgsql immutable strict parallel safe as $$
declare
  total int;
  month int;
  year int;
begin
  if value !~ '^[0-9]{11}$' then return false; end if;
  select sum(substr(value, i, 1)::int * (array[1,3,7,9,1,3,7,9,1,3])[i]) into total from generate_series(1, 10) as i;
  if (10 - total % 10) % 10 <> substr(value, 11, 1)::int then return false; end if;
  month := substr(value, 3, 2)::int;
  year := substr(value, 1, 2)::int
    + case month / 20 when 4 then 1800 when 0 then 1900 when 1 then 2000 when 2 then 2100 else 2200 end;
  month := month % 20;
  if month not between 1 and 12 then return false; end if;
  return substr(value, 5, 2)::int
    between 1 and extract(day from make_date(year, month, 1) + interval '1 month' - interval '1 day');
end $$;

-- REGON: 9 digits (weights 8 9 2 3 4 5 6 7, mod 11, 10 counts as 0) or 14 whose first nine are one.
create function ibok.regon_ok(value text) returns boolean
  language sql immutable strict parallel safe
  return value ~ '^([0-9]{9}|[0-9]{14})$' and (
    select sum(substr(value, i, 1)::int * (array[8,9,2,3,4,5,6,7])[i]) % 11 % 10
      from generate_series(1, 8) as i) = substr(value, 9, 1)::int
    and (char_length(value) = 9 or (
      select sum(substr(value, i, 1)::int * (array[2,4,8,5,0,9,7,3,6,1,2,4,8])[i]) % 11 % 10
        from generate_series(1, 13) as i) = substr(value, 14, 1)::int);

-- NRB: 26 digits; (digits 3-26, "2521", digits 1-2) mod 97 = 1.
create function ibok.nrb_ok(value text) returns boolean
  language sql immutable strict parallel safe
  return value ~ '^[0-9]{26}$' and (substr(value, 3) || '2521' || substr(value, 1, 2))::numeric % 97 = 1;

-- Folding for search: Polish and common European letters to lower-case ASCII, every other run to one space.
-- lower() would depend on the server's locale; these lists do not, and foldText() in shared/domain/fold.ts repeats them.
create function ibok.fold(value text) returns text
  language sql immutable strict parallel safe
  return btrim(regexp_replace(
    translate(value,
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ' || 'ąćęłńóśźżäöüßéèêëáàâãåčçďěíîïñňôõøřšťúùûýž' || 'ĄĆĘŁŃÓŚŹŻÄÖÜẞÉÈÊËÁÀÂÃÅČÇĎĚÍÎÏÑŇÔÕØŘŠŤÚÙÛÝŽ',
      'abcdefghijklmnopqrstuvwxyz' || 'acelnoszzaouseeeeaaaaaccdeiiinnooorstuuuyz' || 'acelnoszzaouseeeeaaaaaccdeiiinnooorstuuuyz'),
    '[^0-9a-z]+', ' ', 'g'));

-- The words of a search text, each once and each after a space: "% kart%" finds a word by its beginning.
create function ibok.search_words(value text) returns text
  language sql immutable strict parallel safe
  return (
    select coalesce(string_agg(' ' || word, '' order by place), '')
      from (select word, min(place) as place
              from unnest(string_to_array(ibok.fold(value), ' ')) with ordinality as w (word, place)
             where word <> ''
             group by word) as distinct_words);

-- The business day. Never current_date: that follows the TimeZone a client may set.
create function ibok.today() returns date
  language sql stable parallel safe
  return (now() at time zone 'Europe/Warsaw')::date;

-- The digits of a phone number without the Polish prefix: what two ways of writing one number share.
create function ibok.phone_key(value text) returns text
  language sql immutable strict parallel safe
  return right(regexp_replace(value, '[^0-9]', '', 'g'), 9);
