import { parse, stringify } from 'devalue';
import { MAX_REQUEST_BYTES } from '../../shared/bridge';
import type { ErrorCode } from '../../shared/errors';

const STATE = '/trpc/session.state';
const SIGN_IN = '/trpc/session.signIn';
const CARD = '/trpc/customers.card';
const EDIT = '/trpc/customers.editContact';
const LIST = '/trpc/customers.list';

/** As a client would send it. */
const sent = (input: unknown) => JSON.stringify(stringify(input));
/** What no client would send: the text of the transformer written by hand. */
const written = (text: string) => JSON.stringify(text);
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const signIn = (more: Record<string, unknown>) => sent({ server: 'main', login: 's_anna', password: 'x', ...more });

/** A path and a body. */
const MESSAGES: readonly (readonly [path: string, body: string])[] = [
  // Paths.
  ['/', ''],
  ['/trpc/', ''],
  ['/trpc', ''],
  ['/trpc/../etc/passwd', ''],
  ['//evil.example/trpc/x', ''],
  ['/trpc/x?batch=1&input=1', ''],
  ['/trpc/%2e%2e', ''],
  ['/trpc/session.state%00', ''],
  [`/trpc/${'a'.repeat(5_000)}`, ''],
  ['/trpc/__proto__', '{}'],
  ['/trpc/constructor', '{}'],
  ['/trpc/session.__proto__', '{}'],
  ['/trpc/session.signIn.apply', '{}'],
  ['/trpc/nothing.here', '{}'],
  // Size and depth.
  [STATE, 'x'.repeat(MAX_REQUEST_BYTES + 1)],
  [STATE, 'ż'.repeat(MAX_REQUEST_BYTES / 2 + 1)],
  [SIGN_IN, deep(100_000)],
  [SIGN_IN, '{"a":'.repeat(100_000)],
  [SIGN_IN, `"${'\\"['.repeat(10)}`],
  // No JSON, or not what the transformer writes.
  [SIGN_IN, '{'],
  [SIGN_IN, '\0'],
  [SIGN_IN, 'undefined'],
  [SIGN_IN, '{"__proto__":{"admin":true}}'],
  [SIGN_IN, written('[{"__proto__":1},{"admin":true}]')],
  [SIGN_IN, written('[{"constructor":1},{"prototype":2},{}]')],
  [SIGN_IN, written('[{"self":0}]')],
  [SIGN_IN, written('[[1,0],[0,1]]')],
  [SIGN_IN, written('[99]')],
  [SIGN_IN, written('-1')],
  [SIGN_IN, written('[["Date","x"]]')],
  [SIGN_IN, written('[["BigInt","1e9"]]')],
  [SIGN_IN, written('[["RegExp","(a+)+$","g"]]')],
  [SIGN_IN, written('[["Evil",1],2]')],
  [SIGN_IN, written('[["ArrayBuffer","!"]]')],
  // Batches: names without inputs, inputs without names, too many.
  [`${SIGN_IN}?batch=1`, '[]'],
  [`${SIGN_IN}?batch=1`, '{"1":"x"}'],
  [`${SIGN_IN}?batch=1`, '{"__proto__":"x"}'],
  [`${SIGN_IN}?batch=1`, '{"0":{"toString":1}}'],
  ['/trpc/session.signIn,session.signIn?batch=1', '{"0":"[]","1":"{"}'],
  [`/trpc/${Array.from({ length: 150 }, () => 'nothing.x').join(',')}?batch=1`, '{}'],
  // Values of a wrong kind, and of a right kind that no form can send.
  [SIGN_IN, signIn({ server: {} })],
  [SIGN_IN, signIn({ login: ['s_anna'] })],
  [SIGN_IN, signIn({ login: 's_anna\0' })],
  [SIGN_IN, signIn({ login: "s_anna'; drop role s_anna; --" })],
  [SIGN_IN, signIn({ login: `s_${'a'.repeat(10_000)}` })],
  [SIGN_IN, signIn({ password: '' })],
  [SIGN_IN, signIn({ password: 'x'.repeat(100_000) })],
  [SIGN_IN, signIn({ password: 7n })],
  [SIGN_IN, signIn({ admin: true })],
  [CARD, sent({ id: '1e309' })],
  [CARD, sent({ id: '-0' })],
  [CARD, sent({ id: '9'.repeat(40) })],
  [CARD, sent({ id: '１' })],
  [CARD, sent({ id: 1 })],
  [CARD, sent({ id: Number.NaN })],
  [CARD, sent({ id: '1', purpose: 'toString' })],
  [EDIT, sent({ id: '1', requestId: 'x', changes: {} })],
  [EDIT, sent({ id: '1', requestId: crypto.randomUUID(), changes: { phone: { from: null, to: 'a\0b' } } })],
  [EDIT, sent({ id: '1', requestId: crypto.randomUUID(), changes: { phone: { from: null, to: '\ud800' } } })],
  [EDIT, sent({ id: '1', requestId: crypto.randomUUID(), changes: { password: { from: null, to: 'x' } } })],
  [LIST, sent({ limit: 1e9 })],
  [LIST, sent({ limit: -1 })],
  [LIST, sent({ limit: 0.5 })],
  [LIST, sent({ filter: { text: 'a\u202eb' } })],
  [LIST, sent({ filter: { cities: Array.from({ length: 51 }, () => 'Kartuzy') } })],
];

/** Requests that either host refuses with a code, whoever is signed in. */
export const REQUESTS = MESSAGES.map(([path, body]) => ({
  name: `${path.slice(0, 40)} with ${JSON.stringify(body.slice(0, 80))}`,
  path,
  body,
}));

/** What is no pair of texts at all, as only a channel of structured values can bring it. */
export const NO_REQUESTS: readonly (readonly unknown[])[] = [
  [],
  [STATE],
  [STATE, '', ''],
  [null, null],
  [undefined, undefined],
  [{}, {}],
  [[], []],
  [0, 1],
  [Number.NaN, -0],
  [true, false],
  [1n, 2n],
  [new Date(0), /x/],
  [new Map(), new Set()],
  [new Uint8Array(8), new ArrayBuffer(8)],
  [{ toString: STATE }, ''],
  ['', ''],
  ['http://evil.example/trpc/x', ''],
  ['/trpc/x\r\nHost: evil.example', ''],
  ['/trpc/\0', ''],
  [{ do: 'put', name: 'a.csv', bytes: 'no bytes' }],
  [{ do: 'save', slot: '../x' }],
  ['file:///etc/passwd'],
];

/** What such a request may be refused with; NOT_SIGNED_IN where the host asks first who it is. */
export const REFUSALS: readonly ErrorCode[] = [
  'REQUEST_REFUSED',
  'INVALID_INPUT',
  'INVALID_TEXT',
  'TOO_LARGE',
  'NOT_SIGNED_IN',
];

/** The codes of an answer, one for each call of a batch. Throws when one was answered, or is no answer of ours. */
export function codesOf(body: string): ErrorCode[] {
  const answers = [JSON.parse(body)].flat() as { error?: string }[];
  return answers.map(({ error }) => {
    if (error === undefined) throw new Error(`answered: ${body.slice(0, 200)}`);
    return (parse(error) as { data: { app: { code: ErrorCode } } }).data.app.code;
  });
}
