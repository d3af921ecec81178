/**
 * Rows of the synthetic office: one interface per table. Days as `YYYY-MM-DD`, instants as `YYYY-MM-DD HH:MM` of
 * Poland, volumes as text with a decimal point, money in grosze.
 */

export interface CustomerRow {
  id: number;
  customerNo: string;
  kind: 'person' | 'company';
  firstName: string;
  lastName: string;
  companyName: string;
  nip: string | null;
  regon: string | null;
  pesel: string | null;
  bankAccount: string | null;
  phone: string | null;
  phoneAlt: string | null;
  email: string | null;
  emailAlt: string | null;
  postalStreet: string | null;
  postalHouseNo: string | null;
  postalFlatNo: string | null;
  postalCode: string | null;
  postalCity: string | null;
  deceasedOn: string | null;
  vip: boolean;
  preferredContact: 'phone' | 'email' | 'letter' | 'visit' | null;
  officeNote: string | null;
  sourceUpdatedOn: string;
}

export interface PremiseRow {
  id: number;
  city: string;
  street: string | null;
  houseNo: string;
  flatNo: string | null;
  postalCode: string;
  district: string;
  route: string;
}

export interface SupplyPointRow {
  id: number;
  code: string;
  premiseId: number;
  place: string | null;
  status: 'active' | 'inactive';
}

export interface ContractRow {
  id: number;
  contractNo: string;
  customerId: number;
  kind: 'water' | 'sewage' | 'water_and_sewage';
  signedOn: string;
  validFrom: string;
  validTo: string | null;
  status: 'active' | 'terminated' | 'expired';
  sourceUpdatedOn: string;
}

export interface SupplyRow {
  id: number;
  supplyPointId: number;
  customerId: number;
  contractId: number;
  validFrom: string;
  validTo: string | null;
}

export interface MeterTypeRow {
  id: number;
  maker: string;
  model: string;
  dn: number;
  q3: string;
  r: number;
  digits: number;
}

export interface MeterRow {
  id: number;
  factoryNo: string;
  typeId: number;
  ownerKind: 'utility' | 'customer';
  status: 'in_stock' | 'installed' | 'removed' | 'scrapped' | 'lost';
  acceptedOn: string;
  radioId: string | null;
  producedYear: number | null;
  stockPlace: string | null;
  sourceUpdatedOn: string;
}

/** What the mark of a meter says, and until when it counts. */
export interface LegalizationRow {
  id: number;
  meterId: number;
  markKind: 'm_year' | 'until_year' | 'until_month' | 'done_year' | 'date';
  rawMark: string;
  readOn: string;
  statedUntil: string | null;
  overrideUntil: string | null;
  overrideReason: string | null;
  overrideBy: string | null;
  lostOn: string | null;
  lostReason: 'damage' | 'mark' | 'seal' | null;
  ruleId: string;
  computedUntil: string;
  validUntil: string;
}

export interface MovementRow {
  id: number;
  meterId: number;
  kind: 'scrapped' | 'lost';
  movedOn: string;
  reason: string;
}

export interface ExchangeRow {
  id: number;
  supplyPointId: number;
  oldInstallationId: number;
  newInstallationId: number;
  doneOn: string;
  reason: 'legalization' | 'damage' | 'frost';
}

export interface SealRow {
  id: number;
  sealNo: string;
  kind: 'plastic' | 'wire';
  meterId: number;
  installationId: number;
  putOn: string;
  removedOn: string | null;
  putExchangeId: number | null;
  removedExchangeId: number | null;
}

export interface InstallationRow {
  id: number;
  meterId: number;
  supplyPointId: number;
  role: 'main' | 'sub' | 'deduction';
  parentId: number | null;
  installedOn: string;
  removedOn: string | null;
  openingValue: string;
  finalValue: string | null;
  reason: string | null;
  place: string | null;
}

export interface ReadingRow {
  id: number;
  installationId: number;
  readOn: string;
  value: string;
  kind: 'actual' | 'customer' | 'remote' | 'control' | 'estimate' | 'opening' | 'final';
  source: 'import' | 'radio';
  consumption: string | null;
  state: 'acknowledged';
  enteredBy: string;
  enteredAt: string;
}

export interface InvoiceRow {
  id: number;
  invoiceNo: string;
  kind: 'invoice' | 'correction';
  customerId: number;
  contractId: number;
  issuedOn: string;
  dueOn: string;
  netGrosze: number;
  vatGrosze: number;
  grossGrosze: number;
  correctsId: number | null;
  ksefNo: string | null;
  ksefOn: string | null;
  ksefMode: 'online' | 'offline24' | null;
  delivery: 'paper' | 'email' | 'portal' | 'ksef';
  upo: boolean;
  sourceUpdatedOn: string;
}

export interface LegalHoldRow {
  id: number;
  customerId: number;
  reason: string;
  validFrom: string;
}

/** Rows of the tables that grow with the office. */
export interface OfficeRows {
  customers: CustomerRow[];
  premises: PremiseRow[];
  supplyPoints: SupplyPointRow[];
  contracts: ContractRow[];
  supplies: SupplyRow[];
  meters: MeterRow[];
  legalizations: LegalizationRow[];
  movements: MovementRow[];
  installations: InstallationRow[];
  exchanges: ExchangeRow[];
  seals: SealRow[];
  readings: ReadingRow[];
  invoices: InvoiceRow[];
  legalHolds: LegalHoldRow[];
}

export function noRows(): OfficeRows {
  return {
    customers: [],
    premises: [],
    supplyPoints: [],
    contracts: [],
    supplies: [],
    meters: [],
    legalizations: [],
    movements: [],
    installations: [],
    exchanges: [],
    seals: [],
    readings: [],
    invoices: [],
    legalHolds: [],
  };
}
