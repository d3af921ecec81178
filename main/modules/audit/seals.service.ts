import type { VerifiedChain } from '../../../shared/contract/audit';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';

interface Verdict {
  ok: boolean;
  seals: number;
  events: number;
  unsealed: number;
  head: string | null;
  firstBad: { problem: NonNullable<VerifiedChain['firstBad']>['problem']; [place: string]: unknown } | null;
}

/** Recomputes the whole chain of seals in the database: about five seconds for a million events. */
export async function verifySeals(ctx: ReadContext): Promise<VerifiedChain> {
  const began = performance.now();
  const [row] = await ctx.db.rows<{ verdict: Verdict }>('select audit.verify_chain() as verdict');
  if (!row) throw new AppError('NOT_FOUND');
  const { firstBad, ...verdict } = row.verdict;
  const place = (key: string) => (firstBad?.[key] === undefined ? null : String(firstBad[key]));
  return {
    ...verdict,
    firstBad: firstBad && {
      problem: firstBad.problem,
      event: place('event'),
      firstEvent: place('firstEvent'),
      lastEvent: place('lastEvent'),
    },
    seconds: Math.round((performance.now() - began) / 10) / 100,
  };
}

interface AnchorRow {
  day: string;
  lastEvent: string;
  events: string;
  head: string;
  anchoredAt: Date;
  storedAt: Date | null;
  mailedAt: Date | null;
}

/** The heads of the seals of the last hundred days, and whether they left the database. */
export async function listAnchors(ctx: ReadContext) {
  const rows = await ctx.db.rows<AnchorRow>(
    `select day, last_event as "lastEvent", events, encode(head, 'hex') as head, anchored_at as "anchoredAt",
            stored_at as "storedAt", mailed_at as "mailedAt"
       from audit.anchors order by day desc limit 100`,
  );
  return rows.map(({ anchoredAt, storedAt, mailedAt, events, ...row }) => ({
    ...row,
    events: Number(events),
    anchoredAt: anchoredAt.toISOString(),
    storedAt: storedAt?.toISOString() ?? null,
    mailedAt: mailedAt?.toISOString() ?? null,
  }));
}

/** Compares an anchor that was kept outside with the chain: null when it still fits. */
export async function checkAnchor(ctx: ReadContext, { lastEvent, head }: { lastEvent: string; head: string }) {
  const [row] = await ctx.db.rows<{ answer: { problem: 'unknown_event' | 'head_differs' | null; day: string | null } }>(
    'select api.check_anchor($1::bigint, $2) as answer',
    [lastEvent, head],
  );
  if (!row) throw new AppError('NOT_FOUND');
  return row.answer;
}
