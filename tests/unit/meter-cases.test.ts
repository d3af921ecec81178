import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abilitiesOf } from '../../main/modules/meter-cases/meter-cases.queries';
import { groszeOf, typedAmount } from '../../renderer/features/meter-cases/amount';
import { consequenceOf } from '../../renderer/features/meter-cases/consequence';
import { meterCases as polish } from '../../renderer/i18n/pl/meterCases';
import { type CaseFacts, cancelObstacle, orderObstacle, stepsOf } from '../../shared/domain/meter-cases';

const NOTHING: CaseFacts = {
  kind: 'sub_meter',
  state: 'open',
  placeAgreedOn: null,
  acceptedOn: null,
  stands: false,
  feePaidOn: null,
  annexOn: null,
  activatedOn: null,
  removedOn: null,
  sentOn: null,
  certificateOn: null,
  answeredOn: null,
  hasMainMeter: true,
  hasDocument: false,
};
const DAY = '2026-11-20';
const PLACED = { ...NOTHING, placeAgreedOn: DAY };
const ACCEPTED = { ...PLACED, acceptedOn: DAY, stands: true };
const PAID = { ...ACCEPTED, feePaidOn: DAY };
const ANNEXED = { ...PAID, annexOn: DAY, hasDocument: true };
const DISPUTED: CaseFacts = { ...NOTHING, kind: 'expertise' };

const obstacles = (facts: CaseFacts) =>
  Object.fromEntries(stepsOf(facts).map(({ step, obstacle }) => [step, obstacle]));
const now = (facts: CaseFacts) => stepsOf(facts).find(({ state }) => state === 'now')?.step;

describe('the steps of a sub-meter', () => {
  it.each([
    [
      'an application',
      NOTHING,
      'place',
      { place: null, acceptance: 'place_first', fee: 'place_first', annex: 'acceptance_first' },
    ],
    ['a place agreed', PLACED, 'acceptance', { acceptance: null, fee: null, activation: 'acceptance_first' }],
    ['no main meter', { ...PLACED, hasMainMeter: false }, 'acceptance', { acceptance: 'main_meter_first' }],
    ['an acceptance', ACCEPTED, 'fee', { acceptance: 'done', annex: 'fee_first', activation: 'fee_first' }],
    ['a fee', PAID, 'annex', { annex: 'document_first', activation: 'annex_first' }],
    ['a fee and a scan', { ...PAID, hasDocument: true }, 'annex', { annex: null }],
    ['an annex', ANNEXED, 'activation', { activation: null }],
    [
      'a meter taken out again',
      { ...ANNEXED, stands: false },
      'acceptance',
      { acceptance: null, activation: 'acceptance_first' },
    ],
  ] as const)('wait for one thing after %s', (_, facts, step, expected) => {
    expect(now(facts)).toBe(step);
    expect(obstacles(facts)).toMatchObject(expected);
  });

  it('are all done in an active one, and none waits in a cancelled one', () => {
    const active = stepsOf({ ...ANNEXED, activatedOn: DAY, state: 'done' });
    expect(active.every(({ state }) => state === 'done')).toBe(true);
    const cancelled = stepsOf({ ...PLACED, state: 'cancelled' });
    expect(cancelled.map(({ state }) => state)).toEqual(['done', 'later', 'later', 'later', 'later']);
    expect(cancelled.at(-1)?.obstacle).toBe('closed');
  });
});

describe('the steps of an expertise', () => {
  it.each([
    [DISPUTED, 'removal', { removal: null, sending: 'removal_first', certificate: 'sending_first' }],
    [{ ...DISPUTED, removedOn: DAY }, 'sending', { sending: null, answer: 'certificate_first' }],
    [{ ...DISPUTED, removedOn: DAY, sentOn: DAY }, 'certificate', { certificate: null }],
    [{ ...DISPUTED, removedOn: DAY, sentOn: DAY, certificateOn: DAY }, 'answer', { answer: null }],
  ] as const)('follow each other', (facts, step, expected) => {
    expect(now(facts)).toBe(step);
    expect(obstacles(facts)).toMatchObject(expected);
  });
});

describe('the acts on a case', () => {
  it('are open to the step that is next, to corrections, and to whom they belong', () => {
    expect(abilitiesOf('bok_clerk', PLACED)).toMatchObject({
      agreePlace: null,
      accept: 'role',
      order: null,
      cancel: null,
    });
    expect(abilitiesOf('bok_technician', PLACED).accept).toBe(null);
    expect(abilitiesOf('bok_supervisor', ACCEPTED)).toMatchObject({
      agreePlace: 'done',
      accept: 'done',
      recordFee: null,
      order: 'done',
      cancel: 'meter_stands',
    });
    expect(abilitiesOf('bok_clerk', ANNEXED)).toMatchObject({ recordFee: null, recordAnnex: null, activate: null });
    expect(Object.values(abilitiesOf('bok_dpo', ANNEXED)).every((obstacle) => obstacle === 'role')).toBe(true);
    expect(abilitiesOf('bok_clerk', { ...ANNEXED, state: 'done', activatedOn: DAY })).toMatchObject({
      recordFee: 'closed',
      activate: 'done',
      cancel: 'closed',
      edit: null,
    });
  });

  it('correct a certificate until the answer', () => {
    const found = { ...DISPUTED, removedOn: DAY, sentOn: DAY, certificateOn: DAY };
    expect(abilitiesOf('bok_clerk', found)).toMatchObject({ recordCertificate: null, send: 'done', answer: null });
    expect(abilitiesOf('bok_clerk', { ...found, answeredOn: DAY, state: 'done' })).toMatchObject({
      recordCertificate: 'closed',
    });
  });

  it('of the other kind are none of this case', () => {
    expect(abilitiesOf('bok_clerk', DISPUTED)).toMatchObject({ agreePlace: 'closed', send: 'removal_first' });
    expect(abilitiesOf('bok_clerk', NOTHING)).toMatchObject({ send: 'closed', answer: 'closed' });
  });

  it('leave no case that can neither go on nor end', () => {
    const day = fc.constantFrom(null, DAY);
    const anyCase = fc.record({
      kind: fc.constantFrom('sub_meter' as const, 'expertise' as const),
      state: fc.constant('open' as const),
      placeAgreedOn: day,
      acceptedOn: day,
      stands: fc.boolean(),
      feePaidOn: day,
      annexOn: day,
      activatedOn: fc.constant(null),
      removedOn: day,
      sentOn: day,
      certificateOn: day,
      answeredOn: fc.constant(null),
      hasMainMeter: fc.constant(true),
      hasDocument: fc.constant(true),
    });
    fc.assert(
      fc.property(anyCase, (facts) => {
        const open = stepsOf(facts).some(({ obstacle }) => obstacle === null);
        expect(open || cancelObstacle(facts) === null || orderObstacle(facts) === null).toBe(true);
      }),
    );
  });
});

describe('what follows from a certificate', () => {
  it.each([
    ['fails', null, 'customer', 'form.failsConsequence'],
    ['meets', null, 'customer', 'form.meetsConsequence.customer'],
    ['meets', null, 'utility', 'form.meetsConsequence.utility'],
    ['meets', 'fails', 'utility', 'form.returnsConsequence.utility'],
  ] as const)('%s after %s, demanded by the %s', (result, former, demandedBy, key) => {
    expect(consequenceOf(result, { result: former, demandedBy })).toBe(key);
  });

  it('is paid for by the one who demanded it, in words too', () => {
    for (const { customer, utility } of [polish.form.meetsConsequence, polish.form.returnsConsequence]) {
      expect(customer).toContain('koszt poniesie odbiorca');
      expect(utility).toContain('koszt poniesie przedsiębiorstwo');
    }
  });
});

describe('a fee', () => {
  it.each([
    ['0', 0],
    ['0,00', 0],
    ['123,45', 12345],
    ['1 234.5 zł', 123450],
    ['100000', 10_000_000],
    ['100000,01', null],
    ['-5', null],
    ['1,234', null],
    ['', null],
  ])('typed as %j', (typed, grosze) => expect(groszeOf(typed)).toBe(grosze));

  it('is shown as it may be typed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (grosze) => groszeOf(typedAmount(grosze)) === grosze),
    );
  });
});
