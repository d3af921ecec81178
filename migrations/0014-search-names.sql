-- Names by index instead of by the trigrams of all words: half a million customers live in one town, tens of thousands
-- bear one surname or one first name, and the trigram index reads a list of that length for each three letters of it.

-- 'kowalski jan' as it is typed; also the order in which a surname's bearers are shown.
create index customer_search_whole_name on ibok.customer_search (ibok.fold(display_name) collate "C", customer_id);
-- A person's last word of the name is the first name. Few values, so the index is small.
create index customer_search_first_name on ibok.customer_search (ibok.fold(split_part(display_name, ' ', -1)) collate "C")
  where kind = 'person';
-- Any word of a company's name, in the lists of companies alone.
create index customer_search_company_words on ibok.customer_search
  using gin ((' ' || ibok.fold(display_name)) ext.gin_trgm_ops) where kind = 'company';

-- The bearers of a surname, also those in one place.
drop index ibok.customer_search_name_key;
create index customer_search_name_key on ibok.customer_search (name_key, city);
