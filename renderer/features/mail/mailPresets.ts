import type { ListQuestion } from '../../../shared/contract/lists';

/** What people ask of the queue: everything, what a person has to settle, what has not left yet, what has. */
export const PRESETS = ['all', 'attention', 'queue', 'sent'] as const;
export type Preset = (typeof PRESETS)[number];

type Filters = ListQuestion['filters'];

const oneOf = (...values: string[]) => ({ is: 'oneOf' as const, values });
const FILTERS: Record<Preset, Filters> = {
  all: {},
  attention: { state: oneOf('unsure', 'failed'), resent: oneOf('false') },
  queue: { state: oneOf('new', 'held', 'sending') },
  sent: { state: oneOf('sent') },
};
const OWN = ['state', 'resent'];

/** The question with another preset; what else narrows the list stays. */
export function askPreset(question: ListQuestion, preset: Preset): ListQuestion {
  const others = Object.entries(question.filters).filter(([column]) => !OWN.includes(column));
  return { ...question, filters: { ...FILTERS[preset], ...Object.fromEntries(others) } };
}

/** The preset that a question is, by its filters; null where somebody narrowed it otherwise. */
export function presetOf({ filters }: ListQuestion): Preset | null {
  const asked = JSON.stringify(OWN.map((column) => filters[column] ?? null));
  return (
    PRESETS.find((preset) => JSON.stringify(OWN.map((column) => FILTERS[preset][column] ?? null)) === asked) ?? null
  );
}

/** Whether more than the preset narrows the list. */
export function isNarrowedFurther({ words, filters }: ListQuestion): boolean {
  return Boolean(words) || Object.keys(filters).some((column) => !OWN.includes(column));
}
