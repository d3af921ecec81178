import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { PlantedPlace } from './exchange-street';

/** What `api.exchange_meter` answers. */
export interface Answer {
  id: string;
  kind: string;
  already: boolean;
  oldMeterId: string | null;
  newMeterId: string | null;
  newInstallationId: string | null;
  used: string | null;
}
/** What it is given, as the screen sends it. */
export type Act = Record<string, unknown>;

export const DAY = '2026-11-20';

/** An exchange of a planted place's meter; `more` changes or drops (undefined) what it says. */
export const exchangeOf = (place: PlantedPlace, newMeterId: string, more: Act = {}): Act => ({
  kind: 'exchange',
  pointId: place.point,
  oldInstallationId: place.installation,
  finalValue: '398',
  newMeterId,
  openingValue: '0',
  doneOn: DAY,
  reason: 'legalization',
  doneBy: 's_tomasz',
  seals: [{ sealNo: 'KP-100', kind: 'plastic', place: 'coupling' }],
  photos: [],
  ...more,
});

export async function recordAct(as: Client, act: Act, request: string = randomUUID()): Promise<Answer> {
  return (await as.query('select api.exchange_meter($1, $2) as r', [JSON.stringify(act), request])).rows[0].r;
}

export async function reverseAct(as: Client, id: string, reason = 'pomylony wodomierz'): Promise<Answer> {
  return (await as.query('select api.reverse_exchange($1, $2, $3) as r', [id, reason, randomUUID()])).rows[0].r;
}

/** What the database refused a call with: SQLSTATE and the reason's name. Fails when it did not. */
export function reasonOf(call: Promise<unknown>): Promise<{ code: string; why: string | undefined }> {
  return call.then(
    () => {
      throw new Error('the act was not refused');
    },
    ({ code, constraint }: { code: string; constraint?: string }) => ({ code, why: constraint }),
  );
}
