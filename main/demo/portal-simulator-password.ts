import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** 32 MiB and about a tenth of a second: OWASP's second setting for scrypt. */
const COST: ScryptOptions = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const PARAMETERS = 'ln=15,r=8,p=3';
const KEY_BYTES = 32;

const derive = (password: string, salt: Buffer) =>
  new Promise<Buffer>((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, KEY_BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');

/** A password as `$scrypt$ln=15,r=8,p=3$<salt>$<key>`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `$scrypt$${PARAMETERS}$${base64(salt)}$${base64(await derive(password, salt))}`;
}

/** Compared when there is no such login: the answer must take as long. */
const NOBODY = `$scrypt$${PARAMETERS}$${base64(Buffer.alloc(16))}$${base64(Buffer.alloc(KEY_BYTES))}`;

/** Whether a password is the one of a hash; `null` (no such login) is never, and takes as long. */
export async function passwordFits(password: string, hash: string | null): Promise<boolean> {
  const [, name, parameters, salt = '', key = ''] = (hash ?? NOBODY).split('$');
  if (name !== 'scrypt' || parameters !== PARAMETERS) return false;
  const expected = Buffer.from(key, 'base64');
  const derived = await derive(password, Buffer.from(salt, 'base64'));
  return hash !== null && expected.length === derived.length && timingSafeEqual(expected, derived);
}
