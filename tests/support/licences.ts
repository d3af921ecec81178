/** Licences that a closed product may carry; one not listed here is read by a person first. */
const LICENCES = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'WTFPL',
]);
/** Tools of the clone only: nothing of them goes into what is handed out, so their terms end with us. */
const TOOL_LICENCES = new Set(['Artistic-2.0', 'CC-BY-3.0', 'MPL-2.0']);

/** `(MIT OR CC0-1.0)` is fine when one side is, `MIT AND OFL-1.1` when both are. */
export function isAllowed(licence: string, isTool: boolean): boolean {
  const bare = licence.replace(/[()]/g, '');
  const known = (name: string) => LICENCES.has(name) || (isTool && TOOL_LICENCES.has(name));
  return bare.split(' OR ').some((side) => side.split(' AND ').every((name) => known(name.trim())));
}
