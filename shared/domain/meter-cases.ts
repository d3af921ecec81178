/**
 * The steps of a meter's case in their order, and why an act is not possible yet. Twin of `ibok.meter_case_stage` and of what
 * `api.*_meter_case` demand; days are ISO `YYYY-MM-DD`. The database judges again.
 */

export const CASE_KINDS = ['sub_meter', 'expertise'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

export const SUB_METER_STEPS = ['place', 'acceptance', 'fee', 'annex', 'activation'] as const;
export const EXPERTISE_STEPS = ['removal', 'sending', 'certificate', 'answer'] as const;
export const CASE_STEPS = [...SUB_METER_STEPS, ...EXPERTISE_STEPS] as const;
export type CaseStep = (typeof CASE_STEPS)[number];

/** What stands in the way of an act; the words are the screen's. */
export const OBSTACLES = [
  'role',
  'closed',
  'done',
  'place_first',
  'acceptance_first',
  'fee_first',
  'annex_first',
  'removal_first',
  'sending_first',
  'certificate_first',
  'document_first',
  'main_meter_first',
  'meter_stands',
  'answer_owed',
] as const;
export type Obstacle = (typeof OBSTACLES)[number];

/** What of a case its steps follow from. */
export interface CaseFacts {
  kind: CaseKind;
  state: 'open' | 'done' | 'cancelled';
  placeAgreedOn: string | null;
  acceptedOn: string | null;
  /** The accepted sub-meter is built in now. */
  stands: boolean;
  feePaidOn: string | null;
  annexOn: string | null;
  activatedOn: string | null;
  removedOn: string | null;
  sentOn: string | null;
  certificateOn: string | null;
  answeredOn: string | null;
  /** A main meter is built in at the point, for the sub-meter to stand behind. */
  hasMainMeter: boolean;
  /** The case has a document in work. */
  hasDocument: boolean;
}

/** A step with the day it was done; `now` is what the case waits for, `obstacle` why it cannot be done yet. */
export interface StepState {
  step: CaseStep;
  state: 'done' | 'now' | 'later';
  on: string | null;
  obstacle: Obstacle | null;
}

/** The steps of a case in their order. Those of a cancelled one that were not done are `later`, and `closed`. */
export function stepsOf(facts: CaseFacts): StepState[] {
  const steps = facts.kind === 'sub_meter' ? SUB_METER_STEPS : EXPERTISE_STEPS;
  const current = facts.state === 'open' ? steps.find((step) => dayOf(step, facts) === null) : undefined;
  return steps.map((step) => {
    const on = dayOf(step, facts);
    if (on) return { step, state: 'done', on, obstacle: 'done' };
    return { step, state: step === current ? 'now' : 'later', on, obstacle: obstacleOf(step, facts) };
  });
}

/** The day a step was done; null while it was not. An acceptance is void once its meter is taken out. */
function dayOf(step: CaseStep, facts: CaseFacts): string | null {
  switch (step) {
    case 'place':
      return facts.placeAgreedOn;
    case 'acceptance':
      return facts.stands ? facts.acceptedOn : null;
    case 'fee':
      return facts.feePaidOn;
    case 'annex':
      return facts.annexOn;
    case 'activation':
      return facts.activatedOn;
    case 'removal':
      return facts.removedOn;
    case 'sending':
      return facts.sentOn;
    case 'certificate':
      return facts.certificateOn;
    case 'answer':
      return facts.answeredOn;
  }
}

/** Why a step cannot be done as the case stands; null: it can. */
function obstacleOf(step: CaseStep, facts: CaseFacts): Obstacle | null {
  if (facts.state !== 'open') return 'closed';
  switch (step) {
    case 'place':
    case 'removal':
      return null;
    case 'acceptance':
      if (!facts.placeAgreedOn) return 'place_first';
      return facts.hasMainMeter ? null : 'main_meter_first';
    case 'fee':
      return facts.placeAgreedOn ? null : 'place_first';
    case 'annex':
      if (!facts.stands) return 'acceptance_first';
      if (!facts.feePaidOn) return 'fee_first';
      return facts.hasDocument ? null : 'document_first';
    case 'activation':
      if (!facts.stands) return 'acceptance_first';
      if (!facts.feePaidOn) return 'fee_first';
      return facts.annexOn ? null : 'annex_first';
    case 'sending':
      return facts.removedOn ? null : 'removal_first';
    case 'certificate':
      return facts.sentOn ? null : 'sending_first';
    case 'answer':
      return facts.certificateOn ? null : 'certificate_first';
  }
}

/** Why a case cannot be cancelled; null: it can. */
export function cancelObstacle(facts: CaseFacts): Obstacle | null {
  if (facts.state !== 'open') return 'closed';
  if (facts.kind === 'sub_meter') return facts.stands ? 'meter_stands' : null;
  return facts.certificateOn ? 'answer_owed' : null;
}

/** Why nobody can be sent for the case now; null: one can. */
export function orderObstacle(facts: CaseFacts): Obstacle | null {
  if (facts.state !== 'open') return 'closed';
  if (facts.kind === 'expertise') return facts.removedOn ? 'done' : null;
  if (facts.stands) return 'done';
  return facts.placeAgreedOn ? null : 'place_first';
}
