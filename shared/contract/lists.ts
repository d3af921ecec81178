import { z } from 'zod';
import { ERROR_CODES } from '../errors';
import { day, id, instant, line, requestId } from './values';

/** The lists that are read page by page from the database, by name. Small ones are filtered in the window. */
export const LIST_NAMES = [
  'customers',
  'tasks',
  'registrations',
  'approvals',
  'outbox',
  'accounts',
  'datachanges',
  'deletions',
  'meters',
  'legalization',
  'metercases',
  'orders',
  'exchanges',
  'letterruns',
  'journal',
  'reads',
] as const;
export const listName = z.enum(LIST_NAMES);
export type ListName = z.infer<typeof listName>;

const columnKey = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/);

/** The filter of one column. Which of these a column takes stands in its list's definition; others are refused. */
export const columnFilter = z.discriminatedUnion('is', [
  /** Folded like the search box: case and diacritics do not matter. */
  z.strictObject({ is: z.literal('text'), how: z.enum(['contains', 'begins', 'equals']), text: line(100) }),
  z.strictObject({ is: z.literal('oneOf'), values: z.array(line(100)).min(1).max(200) }),
  /** Both ends belong to it; null is open. */
  z.strictObject({ is: z.literal('between'), from: z.number().nullable(), to: z.number().nullable() }),
  z.strictObject({ is: z.literal('dates'), from: day.nullable(), to: day.nullable() }),
  z.strictObject({ is: z.literal('empty') }),
  z.strictObject({ is: z.literal('filled') }),
]);
export type ColumnFilter = z.infer<typeof columnFilter>;

/** What a list is asked for: the words of its one search field, a filter per column, and the order. */
export const listQuestion = z.strictObject({
  words: line(100).optional(),
  filters: z.record(columnKey, columnFilter).default({}),
  sort: z.strictObject({ key: columnKey, descending: z.boolean().default(false) }),
});
export type ListQuestion = z.infer<typeof listQuestion>;

/** Input of every list's paging query. */
export const listInput = z.strictObject({
  question: listQuestion,
  /** Opaque position after the last row of the page before. */
  cursor: z.string().max(2000).nullish(),
  /** Said by tRPC's paging queries; pages are read onwards only. */
  direction: z.literal('forward').optional(),
  limit: z.int().min(1).max(200).default(100),
});
export type ListInput = z.infer<typeof listInput>;

export const countInput = z.strictObject({ question: listQuestion.omit({ sort: true }) });

/** Exact up to the cap, then `capped` (shown as "ponad 10 000"). */
export const listCount = z.object({ count: z.int(), capped: z.boolean() });
export type ListCount = z.infer<typeof listCount>;

/** Rows chosen one by one, or all that match minus exceptions; the latter is evaluated again on the server. */
export const selection = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('rows'), ids: z.array(id).min(1).max(1000) }),
  z.strictObject({
    is: z.literal('matching'),
    question: listQuestion.omit({ sort: true }),
    except: z.array(id).max(10_000),
  }),
]);
export type Selection = z.infer<typeof selection>;

/** How a list looks: columns in their order with widths in px at the usual text size, filters and sort. */
export const viewState = z.strictObject({
  columns: z
    .array(z.strictObject({ key: columnKey, width: z.int().min(40).max(1200).nullable(), hidden: z.boolean() }))
    .max(60),
  question: listQuestion,
});
export type ViewState = z.infer<typeof viewState>;

export const savedView = z.object({
  id,
  list: listName,
  name: z.string(),
  state: viewState,
  shared: z.boolean(),
  /** Whether the person asking made it: only then may it be changed. */
  own: z.boolean(),
  ownerName: z.string(),
  /** Pinned by the person asking: stands in the navigation with its counter. */
  pinned: z.boolean(),
});
export type SavedView = z.infer<typeof savedView>;
export const viewsInput = z.strictObject({ list: listName });
export const savedViews = z.object({ views: z.array(savedView) });
export const saveViewInput = z.strictObject({
  requestId,
  /** null makes a new one. */
  id: id.nullable(),
  list: listName,
  name: line(60).refine((text) => text.length > 0, { message: 'INVALID_INPUT' }),
  state: viewState,
  shared: z.boolean(),
});
export const savedViewId = z.object({ id });
export const viewInput = z.strictObject({ id, requestId });
export const pinViewInput = z.strictObject({ id, pinned: z.boolean() });

/** The pinned views with how many match now. */
export const viewCounters = z.object({
  pinned: z.array(z.object({ id, list: listName, name: z.string(), count: z.int(), capped: z.boolean() })),
});

export const EXPORT_FORMATS = ['xlsx', 'csv'] as const;
/** Columns in the order of the screen with their headings, and the words the screen shows for coded values. */
export const startExportInput = z.strictObject({
  list: listName,
  question: listQuestion,
  /** Only these; null is everything listed. */
  selection: selection.nullable(),
  columns: z
    .array(
      z.strictObject({
        key: columnKey,
        heading: line(100),
        words: z.record(z.string().max(40), line(100)).optional(),
      }),
    )
    .min(1)
    .max(60),
  format: z.enum(EXPORT_FORMATS),
  /** Becomes the file's name; never holds personal data. */
  title: line(80),
});
export type StartExportInput = z.infer<typeof startExportInput>;
export const exportId = z.strictObject({ exportId: z.uuid() });
export const exportProgress = z.object({
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  rows: z.int(),
  total: z.int().nullable(),
  /** The finished file, as a slot. */
  file: z.object({ slot: z.string(), name: z.string(), size: z.int() }).nullable(),
  error: z.enum(ERROR_CODES).nullable(),
});
export type ExportProgress = z.infer<typeof exportProgress>;

/** The most rows one bulk act may change. */
export const MAX_BULK_ROWS = 50_000;

/** What a bulk act does; fields are those of the list's inline edit (`customers`: the office's own fields). */
export const bulkAct = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('setField'),
    list: z.literal('customers'),
    field: z.enum(['preferredContact', 'officeNote']),
    to: line(200).nullable(),
  }),
  z.strictObject({
    is: z.literal('addTask'),
    list: z.literal('customers'),
    title: line(120).refine((text) => text.length > 0, { message: 'INVALID_INPUT' }),
    dueOn: day,
    /** Login; null is the person asking. */
    assignee: line(40).nullable(),
  }),
  /** A service order for each meter; without `dueOn` an exchange is due when the meter's legalization ends. */
  z.strictObject({
    is: z.literal('planOrders'),
    list: z.literal('meters'),
    kind: z.enum(['exchange', 'control_reading']),
    dueOn: day.nullable(),
    assignee: line(40).nullable(),
    day: day.nullable(),
    note: line(1000).nullable(),
  }),
  /** Orders given to a technician, for a day, or both: what is not named stays, null is nobody and no day. */
  z.strictObject({
    is: z.literal('assignOrders'),
    list: z.literal('orders'),
    assignee: line(40).nullable().optional(),
    day: day.nullable().optional(),
  }),
]);
export type BulkAct = z.infer<typeof bulkAct>;

export const bulkCountInput = z.strictObject({ list: z.enum(['customers', 'meters', 'orders']), selection });
export const bulkCounted = z.object({ count: z.int() });
export const startBulkInput = z.strictObject({
  requestId,
  selection,
  act: bulkAct,
  /** What the person confirmed; another number now is refused with SELECTION_CHANGED and the present one. */
  confirmed: z.int().min(1),
});
export type StartBulkInput = z.infer<typeof startBulkInput>;
export const bulkId = z.strictObject({ bulkId: id });

export const bulkCounts = z.object({ changed: z.int(), same: z.int(), refused: z.int() });
/** One bulk act, running or past. `undone` and `cancelled` keep their receipt. */
export const bulkRecord = z.object({
  id,
  act: bulkAct,
  login: z.string(),
  displayName: z.string().nullable(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  state: z.enum(['running', 'done', 'cancelled', 'interrupted', 'undone']),
  total: z.int(),
  counts: bulkCounts,
  /** The undo step, while it can be undone. */
  undoId: id.nullable(),
});
export type BulkRecord = z.infer<typeof bulkRecord>;
export const bulkReceiptInput = z.strictObject({
  bulkId: id,
  outcome: z.enum(['changed', 'same', 'refused']).optional(),
  cursor: z.string().max(200).nullish(),
  direction: z.literal('forward').optional(),
});
export const bulkReceipt = z.object({
  rows: z.array(
    z.object({
      id,
      label: z.string(),
      outcome: z.enum(['changed', 'same', 'refused']),
      /** Why it was refused. */
      error: z.enum(ERROR_CODES).nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

/** One act of the person that can be taken back, newest first. `subject` is `customer:12`, `import:3` …; `label` is data. */
export const undoStep = z.object({
  id,
  kind: z.enum(['editContact', 'bulk', 'import', 'task']),
  subject: z.string(),
  label: z.string(),
  /** Field names (contract keys) or counts a sentence is made of. */
  fields: z.array(z.string()),
  count: z.int(),
  at: instant,
  state: z.enum(['open', 'undone', 'refused']),
});
export type UndoStep = z.infer<typeof undoStep>;
export const undoStack = z.object({ steps: z.array(undoStep) });
export const undoInput = z.strictObject({ id, requestId });
/** `refused`: others changed these since, so nothing was taken back. */
export const undoResult = z.discriminatedUnion('status', [
  z.object({ status: z.literal('undone'), count: z.int() }),
  z.object({
    status: z.literal('refused'),
    changedSince: z.array(z.object({ subject: z.string(), label: z.string(), login: z.string(), field: z.string() })),
    count: z.int(),
  }),
]);
export type UndoResult = z.infer<typeof undoResult>;
