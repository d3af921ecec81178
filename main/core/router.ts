import { auditRouter } from '../modules/audit/audit.router';
import { bulkRouter } from '../modules/bulk/bulk.router';
import { customersRouter } from '../modules/customers/customers.router';
import { dashboardRouter } from '../modules/dashboard/dashboard.router';
import { documentsRouter } from '../modules/documents/documents.router';
import { healthRouter } from '../modules/health/health.router';
import { importsRouter } from '../modules/imports/imports.router';
import { listsRouter } from '../modules/lists/lists.router';
import { metersRouter } from '../modules/meters/meters.router';
import { presenceRouter } from '../modules/presence/presence.router';
import { readingsRouter } from '../modules/readings/readings.router';
import { holidaysRouter, rulesRouter } from '../modules/rules/rules.router';
import { sessionRouter } from '../modules/session/session.router';
import { staffRouter } from '../modules/staff/staff.router';
import { tasksRouter } from '../modules/tasks/tasks.router';
import { undoRouter } from '../modules/undo/undo.router';
import { router } from './procedure';

/** Every procedure of the product, by module. */
export const appRouter = router({
  session: sessionRouter,
  dashboard: dashboardRouter,
  customers: customersRouter,
  documents: documentsRouter,
  meters: metersRouter,
  readings: readingsRouter,
  audit: auditRouter,
  health: healthRouter,
  imports: importsRouter,
  bulk: bulkRouter,
  undo: undoRouter,
  presence: presenceRouter,
  lists: listsRouter,
  staff: staffRouter,
  tasks: tasksRouter,
  rules: rulesRouter,
  holidays: holidaysRouter,
});

export type AppRouter = typeof appRouter;
