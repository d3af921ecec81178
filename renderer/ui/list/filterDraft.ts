import type { ColumnFilter } from '../../../shared/contract/lists';
import type { ColumnFilterForm } from './columns';

/** What is chosen in a filter's form: the kind of question, and what was filled in so far. */
export interface FilterDraft {
  how: 'contains' | 'begins' | 'equals' | 'oneOf' | 'between' | 'dates' | 'empty' | 'filled';
  text: string;
  values: readonly string[];
  /** As typed. */
  from: string;
  to: string;
}

/** The questions a column's form offers, the usual one first. */
export function waysOf({ by, nothing = false }: ColumnFilterForm): readonly FilterDraft['how'][] {
  const ways = {
    text: ['contains', 'begins', 'equals'],
    values: ['oneOf'],
    range: ['between'],
    dates: ['dates'],
  } as const;
  return nothing ? [...ways[by], 'empty', 'filled'] : ways[by];
}

/** The form as a filter stands in the list; the usual question, empty, where there is none. */
export function draftOf(filter: ColumnFilter | undefined, form: ColumnFilterForm): FilterDraft {
  const empty: FilterDraft = { how: waysOf(form)[0] ?? 'contains', text: '', values: [], from: '', to: '' };
  if (!filter) return empty;
  switch (filter.is) {
    case 'text':
      return { ...empty, how: filter.how, text: filter.text };
    case 'oneOf':
      return { ...empty, how: 'oneOf', values: filter.values };
    case 'between':
      return { ...empty, how: 'between', from: typed(filter.from), to: typed(filter.to) };
    case 'dates':
      return { ...empty, how: 'dates', from: filter.from ?? '', to: filter.to ?? '' };
    default:
      return { ...empty, how: filter.is };
  }
}

/** The filter that a form asks for; null when nothing is filled in, `wrong` when it is no number or its ends cross. */
export function filterOf(draft: FilterDraft): ColumnFilter | null | 'wrong' {
  const { how } = draft;
  switch (how) {
    case 'contains':
    case 'begins':
    case 'equals': {
      const text = draft.text.trim();
      return text === '' ? null : { is: 'text', how, text };
    }
    case 'oneOf':
      return draft.values.length === 0 ? null : { is: 'oneOf', values: [...draft.values] };
    case 'between': {
      const [from, to] = [numberOf(draft.from), numberOf(draft.to)];
      if (from === 'wrong' || to === 'wrong' || (from !== null && to !== null && from > to)) return 'wrong';
      return from === null && to === null ? null : { is: 'between', from, to };
    }
    case 'dates': {
      const [from, to] = [draft.from || null, draft.to || null];
      if (from !== null && to !== null && from > to) return 'wrong';
      return from === null && to === null ? null : { is: 'dates', from, to };
    }
    default:
      return { is: how };
  }
}

/**
 * A day as people type it, as `YYYY-MM-DD`: 5.3.2026, 05-03-2026, 5/3/26 or the ISO form; null when there is no such
 * day.
 */
export function typedDay(text: string): string | null {
  const iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text);
  const usual = /^\s*(\d{1,2})[.\-/ ](\d{1,2})[.\-/ ](\d{4}|\d{2})\s*$/.exec(text);
  const [year, month, day] = iso
    ? [Number(iso[1]), Number(iso[2]), Number(iso[3])]
    : usual
      ? [Number(usual[3]) + (usual[3]?.length === 2 ? 2000 : 0), Number(usual[2]), Number(usual[1])]
      : [0, 0, 0];
  const at = new Date(Date.UTC(year, month - 1, day));
  const exists = year >= 1000 && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return exists ? at.toISOString().slice(0, 10) : null;
}

/** Typed with a decimal comma and spaces between thousands, as in Poland. */
function numberOf(text: string): number | null | 'wrong' {
  const plain = text.replace(/\s/g, '').replace(',', '.').replace('\u2212', '-');
  if (plain === '') return null;
  return /^-?\d{1,12}(\.\d{1,3})?$/.test(plain) ? Number(plain) : 'wrong';
}

function typed(value: number | null): string {
  return value === null ? '' : String(value).replace('.', ',');
}
