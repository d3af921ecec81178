import { PASSWORD_MIN, type Settings } from '../../../shared/contract/session';
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

/** Stores how the person likes the screen. */
export async function saveSettings(db: Reader, { language, theme, density }: Settings): Promise<void> {
  await db.rows(`update ibok.staff_settings set language = $1, theme = $2, density = $3 where login = session_user`, [
    language,
    theme,
    density,
  ]);
}
