import { METER_TYPES } from './synthetic/meter-catalogue';
import type { OfficeRows } from './synthetic/rows';

/** How the rows of one kind become lines for `COPY … FROM STDIN`. */
export interface CopyTable {
  /** Table in schema `ibok`. */
  table: string;
  columns: readonly string[];
  lines(rows: OfficeRows): string;
}

type Value = string | number | boolean | null;

/** Column of the table → what the row puts there. */
type Columns<Row> = Readonly<Record<string, (row: Row) => Value>>;

function copyTable<Key extends keyof OfficeRows>(
  table: string,
  key: Key,
  columns: Columns<OfficeRows[Key][number]>,
): CopyTable {
  const values = Object.values(columns);
  const line = (row: OfficeRows[Key][number]) => `${values.map((value) => copyText(value(row))).join('\t')}\n`;
  return { table, columns: Object.keys(columns), lines: (rows) => rows[key].map(line).join('') };
}

/** COPY's text format: tabs between values, `\N` for null, a backslash before what would end a value. */
export function copyText(value: Value): string {
  if (value === null) return '\\N';
  if (typeof value !== 'string') return String(value);
  return /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, (found) => ESCAPES[found] ?? found) : value;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** Whose hands did the work on meters. */
const TECHNICIAN = 's_tomasz';

/** Billing gives days; the office keeps instants. The session that copies has the time zone Europe/Warsaw. */
const midnight = (day: string) => `${day} 00:00`;

/** In the order of their foreign keys. */
export const COPY_TABLES: readonly CopyTable[] = [
  copyTable('customers', 'customers', {
    id: (row) => row.id,
    customer_no: (row) => row.customerNo,
    kind: (row) => row.kind,
    first_name: (row) => row.firstName,
    last_name: (row) => row.lastName,
    company_name: (row) => row.companyName,
    nip: (row) => row.nip,
    regon: (row) => row.regon,
    pesel: (row) => row.pesel,
    bank_account: (row) => row.bankAccount,
    phone: (row) => row.phone,
    phone_alt: (row) => row.phoneAlt,
    email: (row) => row.email,
    email_alt: (row) => row.emailAlt,
    postal_street: (row) => row.postalStreet,
    postal_house_no: (row) => row.postalHouseNo,
    postal_flat_no: (row) => row.postalFlatNo,
    postal_code: (row) => row.postalCode,
    postal_city: (row) => row.postalCity,
    deceased_on: (row) => row.deceasedOn,
    vip: (row) => row.vip,
    preferred_contact: (row) => row.preferredContact,
    office_note: (row) => row.officeNote,
    source_updated_at: (row) => midnight(row.sourceUpdatedOn),
  }),
  copyTable('premises', 'premises', {
    id: (row) => row.id,
    city: (row) => row.city,
    street: (row) => row.street,
    house_no: (row) => row.houseNo,
    flat_no: (row) => row.flatNo,
    postal_code: (row) => row.postalCode,
    district: (row) => row.district,
    route: (row) => row.route,
  }),
  copyTable('supply_points', 'supplyPoints', {
    id: (row) => row.id,
    code: (row) => row.code,
    premise_id: (row) => row.premiseId,
    place: (row) => row.place,
    status: (row) => row.status,
  }),
  copyTable('contracts', 'contracts', {
    id: (row) => row.id,
    contract_no: (row) => row.contractNo,
    customer_id: (row) => row.customerId,
    kind: (row) => row.kind,
    signed_on: (row) => row.signedOn,
    valid_from: (row) => row.validFrom,
    valid_to: (row) => row.validTo,
    status: (row) => row.status,
    source_updated_at: (row) => midnight(row.sourceUpdatedOn),
  }),
  copyTable('supplies', 'supplies', {
    id: (row) => row.id,
    supply_point_id: (row) => row.supplyPointId,
    customer_id: (row) => row.customerId,
    contract_id: (row) => row.contractId,
    valid_from: (row) => row.validFrom,
    valid_to: (row) => row.validTo,
  }),
  copyTable('meters', 'meters', {
    id: (row) => row.id,
    factory_no: (row) => row.factoryNo,
    type_id: (row) => row.typeId,
    owner_kind: (row) => row.ownerKind,
    status: (row) => row.status,
    accepted_on: (row) => row.acceptedOn,
    radio_id: (row) => row.radioId,
    produced_year: (row) => row.producedYear,
    stock_place: (row) => row.stockPlace,
    source_updated_at: (row) => midnight(row.sourceUpdatedOn),
  }),
  copyTable('legalizations', 'legalizations', {
    id: (row) => row.id,
    meter_id: (row) => row.meterId,
    mark_kind: (row) => row.markKind,
    raw_mark: (row) => row.rawMark,
    read_on: (row) => row.readOn,
    stated_until: (row) => row.statedUntil,
    override_until: (row) => row.overrideUntil,
    override_reason: (row) => row.overrideReason,
    override_by: (row) => row.overrideBy,
    lost_on: (row) => row.lostOn,
    lost_reason: (row) => row.lostReason,
    source: () => 'import',
    recorded_by: () => 'ibok_billing',
    recorded_at: (row) => midnight(row.readOn),
    rule_id: (row) => row.ruleId,
    computed_until: (row) => row.computedUntil,
    valid_until: (row) => row.validUntil,
  }),
  copyTable('meter_movements', 'movements', {
    id: (row) => row.id,
    meter_id: (row) => row.meterId,
    kind: (row) => row.kind,
    moved_on: (row) => row.movedOn,
    reason: (row) => row.reason,
    recorded_by: () => TECHNICIAN,
    recorded_at: (row) => midnight(row.movedOn),
  }),
  copyTable('meter_installations', 'installations', {
    id: (row) => row.id,
    meter_id: (row) => row.meterId,
    supply_point_id: (row) => row.supplyPointId,
    role: (row) => row.role,
    parent_id: (row) => row.parentId,
    installed_on: (row) => row.installedOn,
    removed_on: (row) => row.removedOn,
    opening_value: (row) => row.openingValue,
    final_value: (row) => row.finalValue,
    reason: (row) => row.reason,
    place: (row) => row.place,
    deducts_from: (row) => (row.role === 'main' ? null : row.installedOn),
  }),
  copyTable('exchanges', 'exchanges', {
    id: (row) => row.id,
    kind: () => 'exchange',
    supply_point_id: (row) => row.supplyPointId,
    old_installation_id: (row) => row.oldInstallationId,
    new_installation_id: (row) => row.newInstallationId,
    done_on: (row) => row.doneOn,
    reason: (row) => row.reason,
    done_by: () => TECHNICIAN,
    recorded_by: () => TECHNICIAN,
    recorded_at: (row) => midnight(row.doneOn),
  }),
  copyTable('seals', 'seals', {
    id: (row) => row.id,
    seal_no: (row) => row.sealNo,
    kind: (row) => row.kind,
    meter_id: (row) => row.meterId,
    installation_id: (row) => row.installationId,
    place: () => 'coupling',
    put_on: (row) => row.putOn,
    put_by: () => TECHNICIAN,
    removed_on: (row) => row.removedOn,
    removed_by: (row) => row.removedOn && TECHNICIAN,
    removed_reason: (row) => row.removedOn && 'exchange',
    put_exchange_id: (row) => row.putExchangeId,
    removed_exchange_id: (row) => row.removedExchangeId,
    recorded_by: () => TECHNICIAN,
    recorded_at: (row) => midnight(row.putOn),
  }),
  copyTable('readings', 'readings', {
    id: (row) => row.id,
    installation_id: (row) => row.installationId,
    read_on: (row) => row.readOn,
    value: (row) => row.value,
    kind: (row) => row.kind,
    source: (row) => row.source,
    consumption: (row) => row.consumption,
    state: (row) => row.state,
    entered_by: (row) => row.enteredBy,
    entered_at: (row) => row.enteredAt,
  }),
  copyTable('invoices', 'invoices', {
    id: (row) => row.id,
    invoice_no: (row) => row.invoiceNo,
    kind: (row) => row.kind,
    customer_id: (row) => row.customerId,
    contract_id: (row) => row.contractId,
    issued_on: (row) => row.issuedOn,
    due_on: (row) => row.dueOn,
    net_grosze: (row) => row.netGrosze,
    vat_grosze: (row) => row.vatGrosze,
    gross_grosze: (row) => row.grossGrosze,
    corrects_id: (row) => row.correctsId,
    ksef_no: (row) => row.ksefNo,
    ksef_at: (row) => row.ksefOn && midnight(row.ksefOn),
    ksef_mode: (row) => row.ksefMode,
    delivery: (row) => row.delivery,
    upo: (row) => row.upo,
    source_updated_at: (row) => midnight(row.sourceUpdatedOn),
  }),
  copyTable('legal_holds', 'legalHolds', {
    id: (row) => row.id,
    customer_id: (row) => row.customerId,
    reason: (row) => row.reason,
    valid_from: (row) => row.validFrom,
    placed_by: () => 's_iod',
  }),
];

/** The catalogue of meter types, which does not grow with the office. */
export const METER_TYPE_COLUMNS = ['id', 'maker', 'model', 'dn', 'q3', 'r', 'digits'] as const;

export function meterTypeLines(): string {
  return METER_TYPES.map((type) => `${METER_TYPE_COLUMNS.map((column) => copyText(type[column])).join('\t')}\n`).join(
    '',
  );
}
