import { accountsRouter } from '../modules/accounts/accounts.router';
import { approvalsRouter } from '../modules/approvals/approvals.router';
import { auditRouter } from '../modules/audit/audit.router';
import { bulkRouter } from '../modules/bulk/bulk.router';
import { customersRouter } from '../modules/customers/customers.router';
import { dashboardRouter } from '../modules/dashboard/dashboard.router';
import { dataChangesRouter } from '../modules/data-changes/data-changes.router';
import { deletionsRouter } from '../modules/deletions/deletions.router';
import { documentsRouter } from '../modules/documents/documents.router';
import { exchangesRouter } from '../modules/exchanges/exchanges.router';
import { healthRouter } from '../modules/health/health.router';
import { importsRouter } from '../modules/imports/imports.router';
import { labelsRouter } from '../modules/labels/labels.router';
import { legalizationRouter } from '../modules/legalization/legalization.router';
import { letterRunsRouter } from '../modules/letter-runs/letter-runs.router';
import { lettersRouter } from '../modules/letters/letters.router';
import { listsRouter } from '../modules/lists/lists.router';
import { mailRouter, templatesRouter } from '../modules/mail/mail.router';
import { meterCasesRouter } from '../modules/meter-cases/meter-cases.router';
import { metersRouter, registryRouter } from '../modules/meters/meters.router';
import { ordersRouter } from '../modules/orders/orders.router';
import { presenceRouter } from '../modules/presence/presence.router';
import { readingsRouter } from '../modules/readings/readings.router';
import { registrationsRouter } from '../modules/registrations/registrations.router';
import { regulationsRouter } from '../modules/regulations/regulations.router';
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
  accounts: accountsRouter,
  dataChanges: dataChangesRouter,
  letters: lettersRouter,
  regulations: regulationsRouter,
  deletions: deletionsRouter,
  labels: labelsRouter,
  letterRuns: letterRunsRouter,
  meters: metersRouter,
  legalization: legalizationRouter,
  registry: registryRouter,
  meterCases: meterCasesRouter,
  orders: ordersRouter,
  exchanges: exchangesRouter,
  readings: readingsRouter,
  audit: auditRouter,
  health: healthRouter,
  imports: importsRouter,
  bulk: bulkRouter,
  undo: undoRouter,
  presence: presenceRouter,
  lists: listsRouter,
  registrations: registrationsRouter,
  staff: staffRouter,
  tasks: tasksRouter,
  approvals: approvalsRouter,
  mail: mailRouter,
  templates: templatesRouter,
  rules: rulesRouter,
  holidays: holidaysRouter,
});

export type AppRouter = typeof appRouter;
