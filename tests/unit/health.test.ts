import { expect, it } from 'vitest';
import { judge, judgeMail } from '../../main/modules/health/health.service';

const NOW = '2026-11-22T12:00:00Z';
const before = (seconds: number) => new Date(Date.parse(NOW) - seconds * 1000).toISOString();
const job = (every: number, age: number, failures = 0) => ({
  job: 'seal',
  everySeconds: every,
  endedAt: before(age),
  milliseconds: 4,
  fault: failures > 0 ? '57P01' : null,
  failures,
});
const facts = (part: Partial<Parameters<typeof judge>[0]> = {}): Parameters<typeof judge>[0] => ({
  now: NOW,
  schemaVersion: 13,
  serverVersionNumber: 180_007,
  serverVersion: '18.7',
  databaseBytes: 1,
  jobs: [job(15, 10)],
  mirrors: [],
  sealer: {
    unsealed: 0,
    oldestUnsealedAt: null,
    lastSealAt: null,
    lastAnchorDay: null,
    anchorsNotStored: 0,
    anchorsNotMailed: 0,
  },
  queues: { openImports: 0, openApprovals: 0 },
  connections: { most: 300, staff: 10, others: 5, persons: 5 },
  programs: [],
  alarms: [],
  ...part,
});

it.each([
  ['a job in its turn', [job(15, 30)], 'good'],
  ['a daily job after half a day', [job(86_400, 43_200)], 'good'],
  ['a job that missed some turns', [job(60, 200)], 'late'],
  ['a job that missed ten turns', [job(60, 700)], 'down'],
  ['a short job within the forgiven minute', [job(5, 59)], 'good'],
  ['a job that failed once', [job(15, 5, 1)], 'late'],
  ['a job that keeps failing', [job(15, 5, 3)], 'down'],
  ['no job that ever ran', [], 'down'],
])('judges the worker by %s', (_, jobs, condition) => {
  expect(judge(facts({ jobs })).worker.condition).toBe(condition);
});

it.each([
  [180_007, 'good', '18.7'],
  [180_006, 'down', '18.7'],
  [150_019, 'down', '15.20'],
  [140_020, 'down', '15.20'],
  [190_000, 'good', null],
])('judges server %i as %s', (serverVersionNumber, condition, floor) => {
  expect(judge(facts({ serverVersionNumber })).server).toMatchObject({ condition, floor });
});

it.each([
  [30, 'good'],
  [120, 'late'],
  [301, 'down'],
])('judges the sealer by an event that waits for %i seconds', (age, condition) => {
  const sealer = { ...facts().sealer, unsealed: 1, oldestUnsealedAt: before(age) };
  expect(judge(facts({ sealer })).sealer.condition).toBe(condition);
});

it('leaves the portal and billing their share of the connections', () => {
  const staff = (count: number) =>
    judge(facts({ connections: { ...facts().connections, staff: count } })).connections.condition;
  expect([staff(100), staff(160), staff(181)]).toEqual(['good', 'late', 'down']);
});

it('says which mirror is old', () => {
  const mirrors = [
    { source: 'invoices', at: before(3 * 86_400) },
    { source: 'readings', at: before(9 * 86_400) },
  ];
  expect(judge(facts({ mirrors })).mirrors.map(({ condition }) => condition)).toEqual(['good', 'late']);
});

it.each([
  ['an empty queue', {}, 'good'],
  ['mail due for a minute', { waiting: 3, oldestDueAt: before(60) }, 'good'],
  ['mail due for ten minutes', { waiting: 3, oldestDueAt: before(600) }, 'late'],
  ['mail due for two hours', { waiting: 3, oldestDueAt: before(7_200) }, 'down'],
  ['a message that nobody knows of', { unsure: 1 }, 'late'],
  ['a message that was refused', { failed: 1 }, 'late'],
])('judges the queue of mail by %s', (_, part, condition) => {
  const queue = { waiting: 0, oldestDueAt: null, held: 0, unsure: 0, failed: 0, ...part };
  expect(judgeMail(queue, NOW)).toMatchObject({ ...queue, oldestDueAt: queue.oldestDueAt, condition });
});
