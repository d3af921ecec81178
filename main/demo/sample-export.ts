import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { encode } from 'iconv-lite';
import {
  BILLING_FILES,
  BILLING_SEPARATOR,
  type BillingEncoding,
  type BillingFile,
  type BillingFileKey,
} from '../../shared/domain/billing-export';
import { type ExportRow, exportRows } from './export-rows';
import { fileTexts } from './export-text';
import { DEFAULT_SEED, generateOffice } from './generate';
import { badRow, type PlantedFault } from './planted-faults';

export interface SampleExportOptions {
  customers: number;
  /** `YYYY-MM-DD`. */
  today: string;
  seed?: number;
  encoding?: BillingEncoding;
  /** Plants faults on about two rows in a hundred. */
  faulty?: boolean;
}

export interface SampleExport {
  /** Rows without the header. */
  rows: Readonly<Record<BillingFileKey, number>>;
  faults: PlantedFault[];
}

/** One bad row after so many good ones. */
const FAULT_EVERY = 50;
const FLUSH_ROWS = 5_000;
const BOM = Buffer.from('\ufeff');

/**
 * Writes the export of a synthetic utility as `BILLING_FILES` describes it, one CSV file for each, into `folder`.
 *
 * With the same customers, day and seed it is the export of the demo office. Bad rows stand beside the good ones and
 * under keys nobody refers to: an import that refuses exactly them stores exactly the export without faults.
 *
 * @returns how many rows each file has, and where which fault was planted.
 */
export async function writeSampleExport(folder: string, options: SampleExportOptions): Promise<SampleExport> {
  await mkdir(folder, { recursive: true });
  const encoding = options.encoding ?? 'utf-8';
  const writers = await Promise.all(
    BILLING_FILES.map((file) => openWriter(folder, file, encoding, options.faulty ?? false)),
  );
  try {
    for (const part of generateOffice({ ...options, seed: options.seed ?? DEFAULT_SEED })) {
      const rows = exportRows(part);
      for (const writer of writers) await writer.write(rows[writer.file.key]);
    }
    for (const writer of writers) await writer.flush();
  } finally {
    await Promise.all(writers.map((writer) => writer.close()));
  }
  return {
    rows: Object.fromEntries(writers.map((writer) => [writer.file.key, writer.rows])) as Record<BillingFileKey, number>,
    faults: writers.flatMap((writer) => writer.faults),
  };
}

async function openWriter(
  folder: string,
  file: BillingFile,
  encoding: BillingEncoding,
  faulty: boolean,
): Promise<Writer> {
  const handle = await open(join(folder, file.fileName), 'w');
  if (encoding === 'utf-8') await handle.appendFile(BOM);
  return new Writer(file, handle, encoding, faulty);
}

class Writer {
  readonly file: BillingFile;
  readonly faults: PlantedFault[] = [];
  rows = 0;
  readonly #handle: Awaited<ReturnType<typeof open>>;
  readonly #encoding: BillingEncoding;
  readonly #faulty: boolean;
  #pending: string[][];
  #sinceFault = 0;

  constructor(file: BillingFile, handle: Awaited<ReturnType<typeof open>>, encoding: BillingEncoding, faulty: boolean) {
    this.file = file;
    this.#handle = handle;
    this.#encoding = encoding;
    this.#faulty = faulty;
    this.#pending = [file.columns.map((column) => column.name)];
  }

  async write(rows: readonly ExportRow[]): Promise<void> {
    for (const [place, row] of rows.entries()) {
      this.#add(fileTexts(this.file, row));
      this.#sinceFault += 1;
      if (this.#faulty && this.#sinceFault >= FAULT_EVERY && standsLast(this.file, row, rows[place + 1]))
        this.#plant(row);
    }
    if (this.#pending.length >= FLUSH_ROWS) await this.flush();
  }

  async flush(): Promise<void> {
    const text = stringify(this.#pending, { delimiter: BILLING_SEPARATOR, record_delimiter: 'windows' });
    this.#pending = [];
    await this.#handle.appendFile(encode(text, this.#encoding === 'utf-8' ? 'utf8' : 'win1250'));
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  #add(texts: string[]): void {
    this.#pending.push(texts);
    this.rows += 1;
  }

  /** Where the fault whose turn it is does not suit the row, one of the next rows will do. */
  #plant(good: ExportRow): void {
    const bad = badRow(this.file, this.#encoding, good, this.faults.length);
    if (!bad) return;
    this.#sinceFault = 0;
    this.#add(bad.texts);
    this.faults.push({ file: this.file.key, row: this.rows + 1, column: bad.column, code: bad.code });
  }
}

/** A bad reading is put behind the last of its meter, so that only its own fault can be found in it. */
function standsLast(file: BillingFile, row: ExportRow, next: ExportRow | undefined): boolean {
  return file.key !== 'readings' || (next?.meterId !== row.meterId && row.kind !== 'final' && row.kind !== 'opening');
}
