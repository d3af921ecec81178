import { createHash } from 'node:crypto';
import { importKind, importMapping, type MappingProposal } from '../../../shared/contract/imports';
import { BILLING_FILES, type BillingEncoding, type BillingFileKey } from '../../../shared/domain/billing-export';
import { identifierDigits } from '../../../shared/domain/identifiers';
import {
  guessKind,
  headerSignature,
  type Mapping,
  mappable,
  suggestMapping,
} from '../../../shared/domain/import-mapping';
import type { LongContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { held, jobs, ownerOf } from './checked-files';
import { peekExport } from './read-file';

interface KnownMapping {
  kind: BillingFileKey;
  mapping: Mapping;
}

/** Names of columns only, but as long as a header may be: remembered by their digest. */
function signatureOf(columns: readonly string[]): string {
  return createHash('sha256').update(headerSignature(columns)).digest('hex');
}

/** How this person reads files with the header of this one; null for a header never mapped before. */
export async function findMapping(
  ctx: LongContext,
  bytes: Uint8Array,
  encoding: BillingEncoding | undefined,
): Promise<KnownMapping | null> {
  return known(ctx, peekExport(bytes, encoding).columns);
}

async function known(ctx: LongContext, columns: readonly string[]): Promise<KnownMapping | null> {
  const [row] = await ctx.transact((db) =>
    db.rows<{ kind: unknown; mapping: unknown }>(
      'select file_kind as kind, mapping from ibok.import_mappings where login = session_user and signature = $1',
      [signatureOf(columns)],
    ),
  );
  const kind = importKind.safeParse(row?.kind);
  const mapping = importMapping.safeParse(row?.mapping);
  return kind.success && mapping.success ? { kind: kind.data, mapping: mapping.data } : null;
}

/** Keeps a mapping for the next file with the same header. */
export async function rememberMapping(
  ctx: LongContext,
  columns: readonly string[],
  kind: BillingFileKey,
  mapping: Mapping,
): Promise<void> {
  await ctx.transact((db) =>
    db.rows(
      `insert into ibok.import_mappings (signature, file_kind, mapping) values ($1, $2, $3::jsonb)
       on conflict (login, signature) do update set file_kind = excluded.file_kind, mapping = excluded.mapping`,
      [signatureOf(columns), kind, JSON.stringify(mapping)],
    ),
  );
}

/**
 * What the columns of a file probably are, with samples of their values: what this person chose for the same header, or
 * what the names say. Throws FILE_GONE, FILE_NOT_READABLE.
 */
export async function proposeMapping(
  ctx: LongContext,
  importKey: string,
  wanted: BillingFileKey | undefined,
): Promise<MappingProposal> {
  const owner = ownerOf(ctx);
  const job = jobs.find(owner, importKey);
  const source = job ? { name: job.read.name, bytes: job.bytes } : held.get(owner, importKey);
  const { columns, rows } = peekExport(source.bytes, job?.read.encoding);
  const former = await known(ctx, columns);
  const remembered = former !== null && (wanted === undefined || wanted === former.kind);
  const kind = wanted ?? former?.kind ?? guessKind(columns);
  const file = BILLING_FILES.find(({ key }) => key === kind);
  if (!file) throw new AppError('INVALID_INPUT', { field: 'kind' });
  const mapping = remembered ? former.mapping : suggestMapping(columns, file);
  const fieldOf = new Map(mapping.map(({ column, field }) => [column, field]));
  return {
    importKey,
    fileName: source.name,
    kind,
    remembered,
    columns: mappable(columns).map((column) => ({
      column,
      field: fieldOf.get(column) ?? null,
      samples: rows.map((cells) => sample(cells[columns.indexOf(column)] ?? '')).filter((text) => text !== ''),
    })),
  };
}

/** At most 40 characters; what could be a PESEL or a bank account is hidden, whatever its column is called. */
function sample(text: string): string {
  const digits = identifierDigits(text).replace(/^PL/i, '');
  if (/^([0-9]{11}|[0-9]{26})$/.test(digits)) return '•••';
  return text.slice(0, 40).replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '�');
}
