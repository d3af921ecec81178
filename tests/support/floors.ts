/** The oldest versions of a package that may be used, one for each major line that still gets mends. */
export interface Floor {
  name: string;
  /** `X.Y.Z`. A version above the newest line is fine; one of a line that is not named is below the floor. */
  from: readonly string[];
  /** Advisory, or what else speaks against older ones. */
  why: string;
  /** Not there today; the floor waits for the day it comes in as somebody's dependency. */
  absent?: true;
}

/** Read again with every update of the lock file (docs/security.md); a closed registry answers no `npm audit`. */
export const FLOORS: readonly Floor[] = [
  { name: 'electron', from: ['45.4.1'], why: 'a supported major within 14 days of its newest patch (security.md E1)' },
  { name: 'pg', from: ['8.23.1'], why: 'the line the SCRAM client was proven on against a rogue server' },
  { name: 'sequelize', from: ['6.37.8'], why: 'CVE-2026-30951: SQL injection through JSON paths' },
  { name: 'validator', from: ['13.15.20'], why: 'CVE-2025-56200: URL check passed by' },
  { name: 'moment', from: ['2.29.4'], why: 'CVE-2022-31129: quadratic parsing' },
  { name: 'lodash', from: ['4.17.21'], why: 'CVE-2021-23337: command injection in templates' },
  { name: 'semver', from: ['5.7.2', '6.3.1', '7.5.2'], why: 'CVE-2022-25883: quadratic parsing' },
  { name: '@trpc/server', from: ['11.1.1'], why: 'CVE-2025-43855: unhandled error ends the process' },
  { name: 'devalue', from: ['5.3.2'], why: 'CVE-2025-57820: prototype pollution while parsing' },
  { name: 'nodemailer', from: ['10.6.0'], why: 'only the newest major gets mends of header and address injection' },
  { name: 'pdfjs-dist', from: ['4.2.67'], why: 'CVE-2024-4367: script of a font runs in the page' },
  { name: 'dompurify', from: ['3.4.16'], why: 'CVE-2026-109345: a mutation gets past the filter', absent: true },
  { name: 'tar', from: ['6.2.1'], why: 'CVE-2024-28863: memory taken by deep folders' },
  { name: 'form-data', from: ['4.0.4'], why: 'CVE-2025-7783: boundaries that can be guessed' },
  { name: 'cross-spawn', from: ['7.0.5'], why: 'CVE-2024-21538: quadratic escaping' },
  { name: 'brace-expansion', from: ['1.1.12', '2.0.2', '3.0.1', '4.0.1'], why: 'CVE-2025-5889: quadratic expansion' },
  { name: 'js-yaml', from: ['3.14.2', '4.1.1'], why: 'CVE-2025-64718: prototype pollution in merged keys' },
  { name: 'tmp', from: ['0.2.4'], why: 'CVE-2025-54798: writes through a link' },
  {
    name: 'undici',
    from: ['5.29.0', '6.21.2', '7.5.0'],
    why: 'CVE-2025-22150 and -47279: guessable boundary, memory leak',
  },
];

/** Whether a version stands on or above the floor of its line. Throws for what is no version. */
export function isOnFloor(version: string, { from }: Pick<Floor, 'from'>): boolean {
  const given = parts(version);
  const lines = from.map(parts);
  const line = lines.find(([major]) => major === given[0]);
  if (line) return compare(given, line) >= 0;
  return lines.every(([major]) => given[0] > major);
}

type Version = readonly [number, number, number];

function parts(version: string): Version {
  const found = /^(\d+)\.(\d+)\.(\d+)(?:-[\w.-]+)?$/.exec(version);
  if (!found) throw new Error(`${version} is no version`);
  return [Number(found[1]), Number(found[2]), Number(found[3])];
}

function compare(one: Version, other: Version): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
}
