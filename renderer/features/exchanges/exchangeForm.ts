import type {
  ExchangeKind,
  ExchangePlace,
  ExchangeReason,
  FoundMeter,
  HungMeter,
  RecordExchangeInput,
  Seal,
} from '../../../shared/contract/exchanges';
import { type ExchangeFault, type ExchangeFaults, exchangeFaults, fallsBack } from '../../../shared/domain/exchange';
import { type LegalizationRule, type MarkKind, normalMark, readMark } from '../../../shared/domain/legalization';

/** What is typed into the guided act; kept as a draft as it is. */
export interface ExchangeValues {
  kind: ExchangeKind;
  /** Of the meter that goes; null where none hangs or none is meant. */
  installationId: string | null;
  finalValue: string;
  finalRollover: boolean;
  fresh: FoundMeter | null;
  openingValue: string;
  openingReset: boolean;
  markKind: MarkKind;
  markRaw: string;
  /** Where it hangs at the point. */
  place: string;
  role: 'main' | 'sub' | 'deduction';
  parentInstallationId: string | null;
  seals: Seal[];
  doneOn: string;
  reason: ExchangeReason;
  note: string;
  doneBy: string;
  photos: StagedPhoto[];
}

/** A picture that waits in the database for the act. */
export interface StagedPhoto {
  upload: string;
  fileName: string;
}

export const NO_SEAL: Seal = { sealNo: '', kind: 'plastic', place: 'coupling' };

interface Beginning {
  place: ExchangePlace;
  installationId: string | null;
  fresh: FoundMeter | null;
  kind: ExchangeKind | undefined;
  today: string;
  doneBy: string;
}

/** The form as it begins: an exchange where a meter hangs that can be meant, else an installation. */
export function firstValues({ place, installationId, fresh, kind, today, doneBy }: Beginning): ExchangeValues {
  const [only, ...others] = place.hung;
  const meant = installationId ?? (others.length === 0 ? (only?.installationId ?? null) : null);
  const hasMain = place.hung.some(({ role }) => role === 'main');
  return {
    kind: kind ?? (place.hung.length > 0 ? 'exchange' : 'installation'),
    installationId: meant,
    finalValue: '',
    finalRollover: false,
    fresh,
    openingValue: fresh && fresh.lastFinal === null ? '0' : '',
    openingReset: false,
    markKind: 'm_year',
    markRaw: '',
    place: '',
    role: hasMain ? 'sub' : 'main',
    parentInstallationId: null,
    seals: [NO_SEAL],
    doneOn: today,
    reason: place.hung.length > 0 ? 'legalization' : 'new_point',
    note: '',
    doneBy,
    photos: [],
  };
}

/** Whether the new meter begins below what it showed before because its register was repaired or replaced. */
export function resetsRegister({ kind, fresh, openingValue, openingReset }: ExchangeValues): boolean {
  return kind !== 'removal' && openingReset && fresh !== null && fallsBack(openingValue, fresh.lastFinal);
}

/** The meter that goes, of those that hang; null for an installation. */
export function oldMeter({ kind, installationId }: ExchangeValues, place: ExchangePlace): HungMeter | null {
  if (kind === 'installation') return null;
  return place.hung.find((hung) => hung.installationId === installationId) ?? null;
}

/** Until when the new meter is good that day, by the mark typed in where there is one, else as the registry has it. */
export function freshUntil({ fresh, markKind, markRaw, doneOn }: ExchangeValues, rules: readonly LegalizationRule[]) {
  if (markRaw.trim() === '') return fresh?.validUntil ?? null;
  const read = readMark(rules, markKind, normalMark(markRaw), doneOn);
  return 'until' in read ? read.until : null;
}

/** A field that must be filled and is not; `faults` are wrong ones. */
export type Missing = 'old' | 'finalValue' | 'fresh' | 'openingValue' | 'doneOn' | 'doneBy' | 'note';

export interface Judged {
  missing: readonly Missing[];
  faults: ExchangeFaults;
}

/** What the form still lacks, and what is against it; the database judges again. */
export function judge(
  values: ExchangeValues,
  place: ExchangePlace,
  rules: readonly LegalizationRule[],
  today: string,
): Judged {
  const old = oldMeter(values, place);
  const { kind, fresh } = values;
  const lacks: [Missing, boolean][] = [
    ['old', kind !== 'installation' && old === null],
    ['finalValue', kind !== 'installation' && values.finalValue === ''],
    ['fresh', kind !== 'removal' && fresh === null],
    ['openingValue', kind !== 'removal' && values.openingValue === ''],
    ['doneOn', values.doneOn === ''],
    ['doneBy', values.doneBy === ''],
    ['note', resetsRegister(values) && values.note.trim() === ''],
  ];
  const faults = exchangeFaults(values, {
    today,
    old,
    fresh: fresh && {
      ...fresh,
      free: fresh.status === 'in_stock' || fresh.status === 'removed',
      validUntil: freshUntil(values, rules),
    },
  });
  return { missing: lacks.filter(([, lacking]) => lacking).map(([field]) => field), faults };
}

/** The act as the server takes it; only for a form that lacks nothing. */
export function actOf(
  values: ExchangeValues,
  place: ExchangePlace,
  orderId: string | null,
  requestId: string,
): RecordExchangeInput {
  const common = {
    requestId,
    pointId: place.pointId,
    doneOn: values.doneOn,
    reason: values.reason,
    note: values.note.trim() || null,
    doneBy: values.doneBy,
    photos: values.photos.map(({ upload }) => upload),
    orderId,
  };
  const out = {
    oldInstallationId: values.installationId ?? '',
    finalValue: values.finalValue,
    finalRollover: values.finalRollover,
  };
  const into = {
    newMeterId: values.fresh?.meterId ?? '',
    openingValue: values.openingValue,
    openingReset: resetsRegister(values),
    place: values.place.trim() || null,
    seals: values.seals.filter(({ sealNo }) => sealNo.trim() !== ''),
    mark: values.markRaw.trim() ? { kind: values.markKind, raw: normalMark(values.markRaw) } : null,
  };
  if (values.kind === 'removal') return { kind: 'removal', ...common, ...out };
  if (values.kind === 'exchange') return { kind: 'exchange', ...common, ...out, ...into };
  const { role, parentInstallationId } = values;
  return {
    kind: 'installation',
    ...common,
    ...into,
    role,
    parentInstallationId: role === 'main' ? null : parentInstallationId,
  };
}

export type FieldFault = ExchangeFault | 'missing' | null;

/** What stands at a field: the fault at once, that it is missing only after somebody wanted to save. */
export function faultAt(
  { missing, faults }: Judged,
  field: keyof ExchangeFaults | Missing,
  tried: boolean,
): FieldFault {
  if (field in faults) return faults[field as keyof ExchangeFaults] ?? null;
  return tried && missing.includes(field as Missing) ? 'missing' : null;
}
