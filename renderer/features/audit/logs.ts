import type { JournalRow, ReadRow } from '../../../shared/contract/audit';
import { serverList } from '../../app/lists/serverList';
import { client, trpc } from '../../app/trpc';

/** Who did what. */
export const JOURNAL = serverList<JournalRow>(
  'journal',
  { list: trpc.audit.journal, count: trpc.audit.journalCount },
  { list: client.audit.journal, count: client.audit.journalCount },
);

/** Who looked at whose personal data. */
export const READS = serverList<ReadRow>(
  'reads',
  { list: trpc.audit.reads, count: trpc.audit.readsCount },
  { list: client.audit.reads, count: client.audit.readsCount },
);
