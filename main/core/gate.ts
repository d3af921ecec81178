import { stringify } from 'devalue';
import { type HostAnswer, MAX_REQUEST_BYTES } from '../../shared/bridge';
import type { AppErrorShape, ErrorCode, ErrorDetails } from '../../shared/errors';

/** Deepest nesting of a request's JSON; the contracts need five levels. */
const MAX_DEPTH = 20;

/** `/trpc/` with procedures joined by commas, and the query tRPC's batch link writes; nothing that needs decoding. */
const PATH = /^\/trpc\/[A-Za-z0-9_.,]{1,2000}(?:\?batch=1)?$/;

/** Why a request may not be parsed, or null. Nothing is parsed here: that is what the limits protect. */
export function refuseRequest(path: string, body: string): 'REQUEST_REFUSED' | 'TOO_LARGE' | null {
  if (!PATH.test(path)) return 'REQUEST_REFUSED';
  if (body.length > MAX_REQUEST_BYTES || Buffer.byteLength(body) > MAX_REQUEST_BYTES) return 'TOO_LARGE';
  return isDeeper(body, MAX_DEPTH) ? 'TOO_LARGE' : null;
}

/** Counts brackets outside strings, so that a parser never has to follow a million of them. */
function isDeeper(json: string, limit: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < json.length; i++) {
    const sign = json[i];
    if (sign === '\\' && quoted) i++;
    else if (sign === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (sign === '[' || sign === '{') {
      if (++depth > limit) return true;
    } else if (sign === ']' || sign === '}') depth--;
  }
  return false;
}

/** tRPC's own names and numbers for what a host answers in place of the core. */
const TRPC: Partial<Record<ErrorCode, { name: string; number: number; status: number }>> = {
  REQUEST_REFUSED: { name: 'FORBIDDEN', number: -32003, status: 403 },
  TOO_LARGE: { name: 'PAYLOAD_TOO_LARGE', number: -32013, status: 413 },
  FILE_TOO_LARGE: { name: 'PAYLOAD_TOO_LARGE', number: -32013, status: 413 },
  FILE_GONE: { name: 'NOT_FOUND', number: -32004, status: 404 },
};
const OTHERWISE = { name: 'INTERNAL_SERVER_ERROR', number: -32603, status: 500 };

/**
 * An answer in the shape of tRPC's errors, through the same transformer as the core's: the client then reports the
 * code, where an empty body would end as "Unexpected end of JSON input".
 */
export function refusal(code: ErrorCode, details: ErrorDetails = {}, incident?: string): HostAnswer {
  const app: AppErrorShape = { code, details, ...(incident ? { incident } : {}) };
  const { name, number, status } = TRPC[code] ?? OTHERWISE;
  const error = { message: code, code: number, data: { code: name, httpStatus: status, app } };
  return { status, body: JSON.stringify({ error: stringify(error) }) };
}
