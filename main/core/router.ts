import { auditRouter } from '../modules/audit/audit.router';
import { customersRouter } from '../modules/customers/customers.router';
import { dashboardRouter } from '../modules/dashboard/dashboard.router';
import { importsRouter } from '../modules/imports/imports.router';
import { metersRouter } from '../modules/meters/meters.router';
import { readingsRouter } from '../modules/readings/readings.router';
import { sessionRouter } from '../modules/session/session.router';
import { staffRouter } from '../modules/staff/staff.router';
import { router } from './procedure';

/** Every procedure of the product, by module. */
export const appRouter = router({
  session: sessionRouter,
  dashboard: dashboardRouter,
  customers: customersRouter,
  meters: metersRouter,
  readings: readingsRouter,
  audit: auditRouter,
  imports: importsRouter,
  staff: staffRouter,
});

export type AppRouter = typeof appRouter;
