import type pg from 'pg';

/** Rest between an answer and the next question. */
const EVERY_MS = 1_200;
/** Patience with a question; together with the rest, silence is noticed after three and a half seconds at the latest. */
const PATIENCE_MS = 1_800;
const LAST_CHANCE_MS = 500;

/** What a pulse asks, and whom it tells. */
export interface PulseOptions<Row extends object> {
  /** A statement of one row that costs the server nothing. */
  sql: string;
  /** Told each answer, with the moment (`performance.now()`) the question was asked. */
  onBeat(row: Row, askedAt: number): void;
  /** Told once when the server has stopped answering; the pulse has ended then. */
  onSilent(): void;
}

/**
 * Asks a server for a sign of life as long as a connection is open, because TCP alone notices a vanished server after
 * minutes. A connection that closes ends the pulse without a word.
 * @returns ends the pulse.
 */
export function takePulse<Row extends object>(client: pg.Client, options: PulseOptions<Row>): () => void {
  let timer: NodeJS.Timeout;
  let stopped = false;
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
  };
  const silent = () => {
    if (stopped) return;
    stop();
    options.onSilent();
  };
  const after = (ms: number, act: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(act, ms);
  };
  const beat = () => {
    const askedAt = performance.now();
    // In two steps: after a pause of this very process the first timer is late, and the answer waits in the socket.
    after(PATIENCE_MS, () => after(LAST_CHANCE_MS, silent));
    const answered = (row?: Row) => {
      if (stopped) return;
      if (row) options.onBeat(row, askedAt);
      after(EVERY_MS, beat);
    };
    // An error is an answer too; after one that closes the connection, `end` follows.
    client.query<Row>(options.sql).then(
      ({ rows: [row] }) => answered(row),
      () => answered(),
    );
  };
  client.once('end', stop);
  after(EVERY_MS, beat);
  return stop;
}
