-- What the list of meters and the planner of legalizations ask for at a million meters.

-- A text whose first number sorts as a number: 'K-2' before 'K-10', '4' before '12A'.
create function ibok.natural_key(value text) returns text
  language sql immutable strict parallel safe
  return coalesce(regexp_replace(value, '[0-9]+', lpad(substring(value from '[0-9]+'), 6, '0')), value);

-- The order in which a round goes: route, place, street, house and flat. A tabulator sorts before all that a name has.
-- Names as ibok.fold has them but for signs and spaces: an import writes ten thousand of these.
create function ibok.round_order(route text, city text, street text, house_no text, flat_no text) returns text
  language sql immutable parallel safe
  return coalesce(ibok.natural_key(lower(route collate "C")), '') || E'\t'
    || translate(lower(city || E'\t' || coalesce(street, '') collate "C"),
         'ąćęłńóśźżĄĆĘŁŃÓŚŹŻ', 'acelnoszzacelnoszz') || E'\t'
    || ibok.natural_key(lower(house_no collate "C")) || E'\t' || coalesce(ibok.natural_key(lower(flat_no collate "C")), '');

alter table ibok.meter_registry
  -- 'YYYY-MM' of the last day of the legalization of a meter that is built in, or 'none'; null while it is not built in.
  add column plan_month text collate "C" generated always as (
    case when installation_id is null then null
         when valid_until is null then 'none'
         else lpad(extract(year from valid_until)::text, 4, '0') || '-' || lpad(extract(month from valid_until)::text, 2, '0') end) stored,
  -- ibok.round_order of where it is built in.
  add column round_order text collate "C",
  -- Folded numbers and place, a space before each word.
  add column search_text text not null default '';

-- The lists' orders. Each ends with the key, which breaks the tie.
create index meter_registry_by_factory_no on ibok.meter_registry (factory_key collate "C", meter_id);
create index meter_registry_by_valid_until on ibok.meter_registry (valid_until, meter_id);
create index meter_registry_by_accepted_on on ibok.meter_registry (accepted_on, meter_id);
create index meter_registry_by_round on ibok.meter_registry (round_order, meter_id);
-- A month of the plan in the order of the round, and by route or street. Whoever asks for a month asks for what is built in.
create index meter_registry_plan on ibok.meter_registry (plan_month, round_order, meter_id) where plan_month is not null;
create index meter_registry_by_route on ibok.meter_registry (route, plan_month, round_order, meter_id) where plan_month is not null;
create index meter_registry_by_street on ibok.meter_registry (city, street, plan_month) where plan_month is not null;
-- Counted without a look at the rows.
create index meter_registry_ends on ibok.meter_registry (valid_until, role, owner_kind, route) where installation_id is not null;
create index meter_registry_text on ibok.meter_registry using gin (search_text ext.gin_trgm_ops);
-- What is rare, by what makes it rare.
create index meter_registry_not_installed on ibok.meter_registry (status, meter_id) where status <> 'installed';
create index meter_registry_conflicts on ibok.meter_registry (meter_id) where conflict;
create index meter_registry_twins on ibok.meter_registry (factory_key collate "C", meter_id) where twin;
create index meter_registry_lost on ibok.meter_registry (meter_id) where lost;
create index meter_registry_planned on ibok.meter_registry (plan_month, valid_until) where order_id is not null;
create index meter_registry_written_to on ibok.meter_registry (plan_month, valid_until) where letter_on is not null;

-- Who bears the same factory number, among those that are in stock or built in.
create index meters_same_factory_no on ibok.meters (factory_key, id) where status in ('in_stock', 'installed');
