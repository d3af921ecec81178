import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaughtMail, CaughtText } from '../../../shared/contract/mail';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { readStoredMail, type StoredMail } from './stored-mail';

/** As the demo's mail server names its files: by time, and a piece of chance. */
const FILE = /^\d{4}-\d{2}-\d{2}T[0-9-]+Z-[0-9a-f]{8}\.eml$/;
const MOST = 100;

/** The folder of the demo's mail server; the packaged program has none, and none of this either. */
const folderOf = ({ caughtMail }: ReadContext) => (import.meta.env.MODE === 'product' ? null : caughtMail);

/** What the demo's mail server caught, the newest first; null where there is none. */
export async function listCaught(ctx: ReadContext): Promise<CaughtMail[] | null> {
  const folder = folderOf(ctx);
  if (!folder) return null;
  const names = (await readdir(folder).catch(() => [])).filter((name) => FILE.test(name)).sort();
  const newest = names.reverse().slice(0, MOST);
  return Promise.all(newest.map(async (name) => ({ name, ...headOf(name, await read(folder, name)) })));
}

/** One caught message with its text. Throws NOT_FOUND for one that is not there. */
export async function getCaught(ctx: ReadContext, name: string): Promise<CaughtText> {
  const folder = folderOf(ctx);
  if (!folder || !FILE.test(name)) throw new AppError('NOT_FOUND');
  const mail = await read(folder, name).catch(() => {
    throw new AppError('NOT_FOUND');
  });
  const { text, html, files } = mail;
  return { name, ...headOf(name, mail), from: mail.headers.get('from')?.[0] ?? '', text, html, files };
}

async function read(folder: string, name: string): Promise<StoredMail> {
  return readStoredMail(await readFile(join(folder, name), 'utf8'));
}

function headOf(name: string, { headers }: StoredMail) {
  const [, day = '', clock = ''] = /^(\S{10})T(.*)Z-/.exec(name) ?? [];
  const at = `${day}T${clock.replace(/^(\d\d)-(\d\d)-(\d\d)-/, '$1:$2:$3.')}Z`;
  return { at, to: headers.get('to')?.[0] ?? '', subject: headers.get('subject')?.[0] ?? '' };
}
