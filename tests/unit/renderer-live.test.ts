import { describe, expect, test } from 'vitest';
import { parseEvents } from '../../renderer/app/events';
import { concerns } from '../../renderer/app/hints';
import { errorShape } from '../../renderer/ui/errorShape';

describe('the event stream', () => {
  test('hints come out whole, however the bytes were cut', () => {
    const first = parseEvents('data: {"topic":"customers","id":"12"}\n\n: ping\n\ndata: {"topic":"re');
    expect(first.hints).toEqual([{ topic: 'customers', id: '12' }]);
    const second = parseEvents(`${first.rest}sync"}\n\n`);
    expect(second).toEqual({ hints: [{ topic: 'resync' }], rest: '' });
  });

  test('what is no hint is passed over', () => {
    expect(parseEvents('data: nonsense\ndata: {"id":"1"}\ndata: {"topic":7}\n').hints).toEqual([]);
  });
});

describe('a hint concerns a query', () => {
  const card = (id: string) => [['customers', 'card'], { input: { id, purpose: 'visit' }, type: 'query' }];
  const list = [['customers', 'list'], { input: { limit: 100 }, type: 'infinite' }];

  test('of the same record only', () => {
    expect(concerns({ topic: 'customers', id: '12' }, card('12'))).toBe(true);
    expect(concerns({ topic: 'customers', id: '12' }, card('13'))).toBe(false);
  });

  test('of every record when many changed at once', () => {
    expect(concerns({ topic: 'customers', id: '*' }, card('13'))).toBe(true);
  });

  test('of the list that may hold it', () => {
    expect(concerns({ topic: 'customers', id: '12' }, list)).toBe(true);
    expect(concerns({ topic: 'meters', id: '12' }, list)).toBe(false);
  });

  test.each([
    ['bulk_acts', ['bulk', 'progress']],
    ['presence', ['presence', 'list']],
    ['saved_views', ['lists', 'views']],
    ['follow_ups', ['tasks', 'list']],
    ['rule_values', ['rules', 'list']],
    ['holidays', ['holidays', 'list']],
    ['imports', ['imports', 'list']],
    ['documents', ['documents', 'list']],
  ])('of each list that can change under the eyes: %s', (topic, path) => {
    expect(concerns({ topic, id: '7' }, [path, { input: {}, type: 'query' }])).toBe(true);
  });

  test('of no query when the topic is unknown', () => {
    expect(concerns({ topic: 'constructor' }, list)).toBe(false);
    expect(concerns({ topic: 'presence', id: 'customers' }, list)).toBe(false);
  });
});

describe('the shape of an error', () => {
  test("is the core's own where it answered", () => {
    const app = { code: 'INTERNAL', details: {}, incident: 'a-1' };
    expect(errorShape({ data: { app } })).toEqual(app);
  });

  test('says the connection is lost where nobody answered', () => {
    expect(errorShape(new TypeError('Failed to fetch')).code).toBe('CONNECTION_LOST');
  });

  test('is a bug where the code is none of ours', () => {
    expect(errorShape({ data: { app: { code: 'toString' } } }).code).toBe('INTERNAL');
  });
});
