import { audit as enAudit } from './en/audit';
import { customers as enCustomers } from './en/customers';
import { dashboard as enDashboard } from './en/dashboard';
import { errors as enErrors } from './en/errors';
import { imports as enImports } from './en/imports';
import { meters as enMeters } from './en/meters';
import { readings as enReadings } from './en/readings';
import { session as enSession } from './en/session';
import { shell as enShell } from './en/shell';
import { staff as enStaff } from './en/staff';
import { ui as enUi } from './en/ui';
import { audit } from './pl/audit';
import { customers } from './pl/customers';
import { dashboard } from './pl/dashboard';
import { errors } from './pl/errors';
import { imports } from './pl/imports';
import { meters } from './pl/meters';
import { readings } from './pl/readings';
import { session } from './pl/session';
import { shell } from './pl/shell';
import { staff } from './pl/staff';
import { ui } from './pl/ui';

/** Polish: the default language and the shape of every other. */
export const pl = { ui, errors, shell, session, dashboard, staff, customers, meters, readings, audit, imports };

export const en = {
  ui: enUi,
  errors: enErrors,
  shell: enShell,
  session: enSession,
  dashboard: enDashboard,
  staff: enStaff,
  customers: enCustomers,
  meters: enMeters,
  readings: enReadings,
  audit: enAudit,
  imports: enImports,
};
