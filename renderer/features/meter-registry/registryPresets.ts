import type { ListQuestion } from '../../../shared/contract/lists';

/** The questions that the register is asked most. */
export const PRESETS = ['all', 'inStock', 'installed', 'conflicts', 'twins', 'unmarked'] as const;
export type Preset = (typeof PRESETS)[number];

type Filters = ListQuestion['filters'];

const NARROWED_BY: Record<Preset, Filters> = {
  all: {},
  inStock: { status: { is: 'oneOf', values: ['in_stock'] } },
  installed: { status: { is: 'oneOf', values: ['installed'] } },
  conflicts: { conflict: { is: 'oneOf', values: ['true'] } },
  twins: { twin: { is: 'oneOf', values: ['true'] } },
  // What was scrapped or lost needs no legalization any more.
  unmarked: { validUntil: { is: 'empty' }, status: { is: 'oneOf', values: ['in_stock', 'installed', 'removed'] } },
};

/** The columns that presets narrow by. */
const OWN = ['status', 'conflict', 'twin', 'validUntil'];

const ownOf = (filters: Filters): Filters =>
  Object.fromEntries(Object.entries(filters).filter(([column]) => OWN.includes(column)));
const textOf = (filters: Filters) => JSON.stringify(Object.entries(ownOf(filters)).toSorted());

/** The question with another preset; what else narrows the list stays. */
export function askPreset(question: ListQuestion, preset: Preset): ListQuestion {
  const others = Object.fromEntries(Object.entries(question.filters).filter(([column]) => !OWN.includes(column)));
  return { ...question, filters: { ...NARROWED_BY[preset], ...others } };
}

/** The preset that a question is; null where somebody chose otherwise. */
export function presetOf({ filters }: ListQuestion): Preset | null {
  return PRESETS.find((preset) => textOf(NARROWED_BY[preset]) === textOf(filters)) ?? null;
}
