import type { ListQuestion } from '../../../shared/contract/lists';

/** Which acts: those that stand, those taken back, all. */
export const PRESETS = ['standing', 'reversed', 'all'] as const;
export type Preset = (typeof PRESETS)[number];

const STATES: Record<Preset, string[] | null> = { standing: ['false'], reversed: ['true'], all: null };

/** The question with another preset; what else narrows the list stays. */
export function askPreset(question: ListQuestion, preset: Preset): ListQuestion {
  const { reversed: _, ...filters } = question.filters;
  const values = STATES[preset];
  return { ...question, filters: values ? { reversed: { is: 'oneOf', values }, ...filters } : filters };
}

/** The preset that a question is; null where somebody chose otherwise. */
export function presetOf({ filters: { reversed } }: ListQuestion): Preset | null {
  if (!reversed) return 'all';
  if (reversed.is !== 'oneOf') return null;
  return PRESETS.find((preset) => STATES[preset]?.join() === reversed.values.join()) ?? null;
}
