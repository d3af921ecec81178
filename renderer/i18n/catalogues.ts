import { accounts as enAccounts } from './en/accounts';
import { approvals as enApprovals } from './en/approvals';
import { audit as enAudit } from './en/audit';
import { customers as enCustomers } from './en/customers';
import { dashboard as enDashboard } from './en/dashboard';
import { deletions as enDeletions } from './en/deletions';
import { documents as enDocuments } from './en/documents';
import { errors as enErrors } from './en/errors';
import { exchanges as enExchanges } from './en/exchanges';
import { health as enHealth } from './en/health';
import { imports as enImports } from './en/imports';
import { journal as enJournal } from './en/journal';
import { labels as enLabels } from './en/labels';
import { letterRuns as enLetterRuns } from './en/letterRuns';
import { letters as enLetters } from './en/letters';
import { lists as enLists } from './en/lists';
import { mail as enMail } from './en/mail';
import { meterCases as enMeterCases } from './en/meterCases';
import { meters as enMeters } from './en/meters';
import { orders as enOrders } from './en/orders';
import { readings as enReadings } from './en/readings';
import { registrations as enRegistrations } from './en/registrations';
import { registry as enRegistry } from './en/registry';
import { regulations as enRegulations } from './en/regulations';
import { rules as enRules } from './en/rules';
import { session as enSession } from './en/session';
import { settings as enSettings } from './en/settings';
import { shell as enShell } from './en/shell';
import { staff as enStaff } from './en/staff';
import { tasks as enTasks } from './en/tasks';
import { ui as enUi } from './en/ui';
import { undo as enUndo } from './en/undo';
import { accounts } from './pl/accounts';
import { approvals } from './pl/approvals';
import { audit } from './pl/audit';
import { customers } from './pl/customers';
import { dashboard } from './pl/dashboard';
import { deletions } from './pl/deletions';
import { documents } from './pl/documents';
import { errors } from './pl/errors';
import { exchanges } from './pl/exchanges';
import { health } from './pl/health';
import { imports } from './pl/imports';
import { journal } from './pl/journal';
import { labels } from './pl/labels';
import { letterRuns } from './pl/letterRuns';
import { letters } from './pl/letters';
import { lists } from './pl/lists';
import { mail } from './pl/mail';
import { meterCases } from './pl/meterCases';
import { meters } from './pl/meters';
import { orders } from './pl/orders';
import { readings } from './pl/readings';
import { registrations } from './pl/registrations';
import { registry } from './pl/registry';
import { regulations } from './pl/regulations';
import { rules } from './pl/rules';
import { session } from './pl/session';
import { settings } from './pl/settings';
import { shell } from './pl/shell';
import { staff } from './pl/staff';
import { tasks } from './pl/tasks';
import { ui } from './pl/ui';
import { undo } from './pl/undo';

/** Polish: the default language and the shape of every other. */
export const pl = {
  ui,
  errors,
  shell,
  session,
  dashboard,
  staff,
  customers,
  documents,
  mail,
  meterCases,
  meters,
  orders,
  readings,
  audit,
  imports,
  lists,
  letters,
  regulations,
  health,
  journal,
  undo,
  registrations,
  exchanges,
  registry,
  letterRuns,
  labels,
  rules,
  settings,
  tasks,
  approvals,
  deletions,
  accounts,
};

export const en = {
  ui: enUi,
  errors: enErrors,
  shell: enShell,
  session: enSession,
  dashboard: enDashboard,
  staff: enStaff,
  customers: enCustomers,
  documents: enDocuments,
  mail: enMail,
  meterCases: enMeterCases,
  meters: enMeters,
  orders: enOrders,
  readings: enReadings,
  audit: enAudit,
  imports: enImports,
  lists: enLists,
  letters: enLetters,
  regulations: enRegulations,
  health: enHealth,
  journal: enJournal,
  undo: enUndo,
  registrations: enRegistrations,
  exchanges: enExchanges,
  registry: enRegistry,
  letterRuns: enLetterRuns,
  labels: enLabels,
  rules: enRules,
  settings: enSettings,
  tasks: enTasks,
  approvals: enApprovals,
  deletions: enDeletions,
  accounts: enAccounts,
};
