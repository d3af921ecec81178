import type { z } from 'zod';
import {
  PASSWORD_MIN,
  type Settings,
  type saveSettingsInput,
  type Workspace,
  workspace,
} from '../../../shared/contract/session';
import { AppError } from '../../core/errors';
import { scramVerifier } from '../../db/scram';
import type { Reader } from '../../db/statements';

const PASSWORD_MAX = 128;
const MIN_DISTINCT = 6;

/**
 * Throws PASSWORD_TOO_SHORT, PASSWORD_TOO_LONG, PASSWORD_UNCHANGED or PASSWORD_TOO_COMMON. From fifteen characters on
 * lists of leaked passwords hold little but repetitions, rows of keys and the user's own name, so these are what is
 * refused (OWASP ASVS 6.2).
 */
export function checkPassword(login: string, current: string, next: string): void {
  const length = [...next].length;
  if (length < PASSWORD_MIN) throw new AppError('PASSWORD_TOO_SHORT', { min: PASSWORD_MIN });
  if (length > PASSWORD_MAX) throw new AppError('PASSWORD_TOO_LONG', { max: PASSWORD_MAX });
  if (next === current) throw new AppError('PASSWORD_UNCHANGED');
  const lower = next.toLowerCase();
  const name = login.replace(/^s_/, '');
  const plain = new Set(lower).size < MIN_DISTINCT || /^(.{1,8})\1+$/.test(lower) || isKeyboardRow(lower);
  if (plain || (name.length > 3 && lower.includes(name))) throw new AppError('PASSWORD_TOO_COMMON');
}

const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qazwsxedcrfvtgbyhnujmikolp',
];

function isKeyboardRow(text: string): boolean {
  const compact = text.replace(/[^a-z0-9]/g, '');
  const half = compact.slice(0, Math.ceil(compact.length / 2));
  return half.length >= 6 && ROWS.some((row) => row.includes(half) || [...row].reverse().join('').includes(half));
}

/** Stores a new password of the signed-in person as a verifier; the first change brings the person's rights. */
export async function storePassword(db: Reader, next: string): Promise<void> {
  await db.rows('select api.change_own_password($1)', [await scramVerifier(next)]);
}

/** Stores what the person chose anew of how the screen and keys shall be; the rest stays. Returns all of it. */
export async function saveSettings(db: Reader, changed: z.infer<typeof saveSettingsInput>): Promise<Settings> {
  const { language, theme, density, textSize, singleKeys } = changed;
  const [saved] = await db.rows<Settings>(
    `update ibok.staff_settings
        set language = coalesce($1, language), theme = coalesce($2, theme), density = coalesce($3, density),
            text_size = coalesce($4::smallint, text_size), single_keys = coalesce($5::boolean, single_keys)
      where login = session_user
      returning language, theme, density, text_size as "textSize", single_keys as "singleKeys"`,
    [language ?? null, theme ?? null, density ?? null, textSize ?? null, singleKeys ?? null],
  );
  if (!saved) throw new Error('a signed-in person has settings');
  return saved;
}

/** An empty desk, which is to be found as it was left. */
const EMPTY_DESK: Workspace = { restore: true, tabs: [], lists: {} };

/** What lay on the person's desk; an empty one for a newcomer, or when another version of the program stored it. */
export async function readWorkspace(db: Reader): Promise<Workspace> {
  const [row] = await db.rows<{ stored: unknown }>(
    'select workspace as stored from ibok.staff_settings where login = session_user',
  );
  return workspace.safeParse(row?.stored).data ?? EMPTY_DESK;
}

/** Keeps what lies on the person's desk. Throws INVALID_INPUT above 64 KiB. */
export async function saveWorkspace(db: Reader, desk: Workspace): Promise<void> {
  await db.rows('update ibok.staff_settings set workspace = $1::jsonb where login = session_user', [
    JSON.stringify(desk),
  ]);
}
