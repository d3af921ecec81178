import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { scramVerifier } from '../db/scram';
import { createStaffLogin } from '../db/staff-login';

/** The people of the demo office, by login. */
const DEMO_STAFF = {
  s_anna: { displayName: 'Anna Okoniewska', group: 'bok_clerk', role: 'clerk' },
  s_barbara: { displayName: 'Barbara Formela', group: 'bok_supervisor', role: 'supervisor' },
  s_celina: { displayName: 'Celina Hinc', group: 'bok_supervisor', role: 'supervisor' },
  s_tomasz: { displayName: 'Tomasz Kreft', group: 'bok_technician', role: 'technician' },
  s_admin: { displayName: 'Adam Stenka', group: 'bok_admin', role: 'administrator' },
  s_iod: { displayName: 'Iwona Miotk', group: 'bok_dpo', role: 'data protection' },
} as const;

type Logins = Record<string, string>;

/** Without 0, 1, o, l: these passwords are typed from a terminal. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/**
 * Makes the demo staff with passwords that are made once, kept beside the data for the owner's eyes, and the same at
 * every start. They need no first change, and no 24 hours of rest before they may decide.
 * @param client a superuser's connection to the office database.
 */
export async function demoLogins(client: Client, folder: string): Promise<Logins> {
  const file = join(folder, 'logins.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Logins;
  const logins: Logins = {};
  for (const [login, { displayName, group }] of Object.entries(DEMO_STAFF)) {
    const password = newPassword();
    await createStaffLogin(client, { login, displayName, group, password, mustChange: false });
    logins[login] = password;
  }
  writeFileSync(file, JSON.stringify(logins, null, 2), { mode: 0o600 });
  return logins;
}

/** Sets a machine login's password as a verifier, so that neither the statement nor a log holds it. */
export async function setPassword(client: Client, login: string, password: string): Promise<void> {
  const verifier = client.escapeLiteral(await scramVerifier(password));
  await client.query(`alter role ${client.escapeIdentifier(login)} password ${verifier} valid until 'infinity'`);
}

/** Four groups of five letters: 98 bits, easy to read out. */
function newPassword(): string {
  const group = () => Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

/** The logins as the table that `npm start` prints. */
export function loginTable(logins: Logins): string {
  const lines = Object.entries(DEMO_STAFF).map(
    ([login, { role }]) => `  ${login.padEnd(11)}${role.padEnd(17)}${logins[login] ?? ''}`,
  );
  return [`  ${'Login'.padEnd(11)}${'Role'.padEnd(17)}Password`, ...lines].join('\n');
}
