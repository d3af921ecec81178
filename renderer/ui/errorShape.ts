import { type AppErrorShape, ERROR_CODES } from '../../shared/errors';

/**
 * What went wrong, whatever was thrown: the core's own shape where it answered, `CONNECTION_LOST` where nobody did,
 * `INTERNAL` for the rest.
 */
export function errorShape(error: unknown): AppErrorShape {
  const data = (error as { data?: { app?: Partial<AppErrorShape> } | null } | null)?.data;
  const app = data?.app;
  if (app?.code && (ERROR_CODES as readonly string[]).includes(app.code)) {
    return { code: app.code, details: app.details ?? {}, ...(app.incident ? { incident: app.incident } : {}) };
  }
  if (data === undefined || data === null) return { code: 'CONNECTION_LOST', details: {} };
  return { code: 'INTERNAL', details: {} };
}
