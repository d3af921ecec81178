import { Skeleton } from '@mantine/core';
import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { type ComponentProps, lazy, Suspense } from 'react';
import { accountSearch, accountsSearch, dataChangesSearch } from '../features/accounts/accountsSearch';
import { approvalsSearch } from '../features/approvals/approvalsSearch';
import { journalSearch } from '../features/audit/journalSearch';
import { cardSearch } from '../features/customers/cardSearch';
import { customersSearch } from '../features/customers/listSearch';
import { premiseSearch } from '../features/customers/premiseSearch';
import { deletionSearch, deletionsSearch } from '../features/deletions/deletionsSearch';
import { exchangeSearch, exchangesSearch, newExchangeSearch } from '../features/exchanges/exchangesSearch';
import { letterRunsSearch } from '../features/letter-runs/runsSearch';
import { mailSearch } from '../features/mail/mailSearch';
import { meterCaseSearch, meterCasesSearch } from '../features/meter-cases/casesSearch';
import { metersSearch, planSearch } from '../features/meter-registry/registrySearch';
import { meterSearch } from '../features/meters/meterSearch';
import { deskSearch, ordersSearch } from '../features/orders/ordersSearch';
import { registrationSearch, registrationsSearch } from '../features/registrations/registrationsSearch';
import { tasksSearch } from '../features/tasks/tasksSearch';
import { NotFound } from './NotFound';
import { PageFault } from './PageFault';
import { PagePending } from './PagePending';
import { Shell } from './Shell';

const CustomersPage = lazy(async () => ({
  default: (await import('../features/customers/CustomersPage')).CustomersPage,
}));
const CustomerPage = lazy(async () => ({ default: (await import('../features/customers/CustomerPage')).CustomerPage }));
const PremisePage = lazy(async () => ({ default: (await import('../features/customers/PremisePage')).PremisePage }));
const MetersPage = lazy(async () => ({ default: (await import('../features/meter-registry/MetersPage')).MetersPage }));
const PlannerPage = lazy(async () => ({
  default: (await import('../features/meter-registry/PlannerPage')).PlannerPage,
}));
const AcceptLink = lazy(async () => ({ default: (await import('../features/meters/AcceptLink')).AcceptLink }));
const AcceptPage = lazy(async () => ({ default: (await import('../features/meters/AcceptPage')).AcceptPage }));
const MeterPage = lazy(async () => ({ default: (await import('../features/meters/MeterPage')).MeterPage }));
const CustomerReadings = lazy(async () => ({
  default: (await import('../features/readings/CustomerReadings')).CustomerReadings,
}));
const ExchangesPage = lazy(async () => ({
  default: (await import('../features/exchanges/ExchangesPage')).ExchangesPage,
}));
const ExchangePage = lazy(async () => ({ default: (await import('../features/exchanges/ExchangePage')).ExchangePage }));
const NewExchange = lazy(async () => ({ default: (await import('../features/exchanges/NewExchange')).NewExchange }));
const MeterActs = lazy(async () => ({ default: (await import('../features/exchanges/MeterActs')).MeterActs }));
const MeterReadings = lazy(async () => ({
  default: (await import('../features/readings/MeterReadings')).MeterReadings,
}));
const AccountsPage = lazy(async () => ({ default: (await import('../features/accounts/AccountsPage')).AccountsPage }));
const AccountPage = lazy(async () => ({ default: (await import('../features/accounts/AccountPage')).AccountPage }));
const DataChangesPage = lazy(async () => ({
  default: (await import('../features/accounts/DataChangesPage')).DataChangesPage,
}));
const CustomerAccounts = lazy(async () => ({
  default: (await import('../features/accounts/CustomerAccounts')).CustomerAccounts,
}));
const RequestDeletionButton = lazy(async () => ({
  default: (await import('../features/deletions/RequestDeletionButton')).RequestDeletionButton,
}));
const JournalPage = lazy(async () => ({ default: (await import('../features/audit/JournalPage')).JournalPage }));
const DocumentsPanel = lazy(async () => ({
  default: (await import('../features/documents/DocumentsPanel')).DocumentsPanel,
}));
const NewTaskButton = lazy(async () => ({ default: (await import('../features/tasks/NewTask')).NewTaskButton }));
const OwnAbsence = lazy(async () => ({ default: (await import('../features/staff/OwnAbsence')).OwnAbsence }));
const MailPage = lazy(async () => ({ default: (await import('../features/mail/MailPage')).MailPage }));
const CaughtLink = lazy(async () => ({ default: (await import('../features/mail/CaughtLink')).CaughtLink }));
const OwnSettingsPage = lazy(async () => ({
  default: (await import('../features/settings/OwnSettingsPage')).OwnSettingsPage,
}));
const OrdersPage = lazy(async () => ({ default: (await import('../features/orders/OrdersPage')).OrdersPage }));
const DeskPage = lazy(async () => ({ default: (await import('../features/orders/DeskPage')).DeskPage }));
const LetterRunsPage = lazy(async () => ({
  default: (await import('../features/letter-runs/LetterRunsPage')).LetterRunsPage,
}));
const LetterRunPage = lazy(async () => ({
  default: (await import('../features/letter-runs/LetterRunPage')).LetterRunPage,
}));
const StartLetterRun = lazy(async () => ({
  default: (await import('../features/letter-runs/StartLetterRun')).StartLetterRun,
}));
const MeterNotices = lazy(async () => ({
  default: (await import('../features/letter-runs/MeterNotices')).MeterNotices,
}));
const PrintLabels = lazy(async () => ({ default: (await import('../features/labels/PrintLabels')).PrintLabels }));
const PlanOrders = lazy(async () => ({ default: (await import('../features/orders/PlanOrders')).PlanOrders }));
const MeterOrders = lazy(async () => ({ default: (await import('../features/orders/MeterOrders')).MeterOrders }));
const RegistrationsPage = lazy(async () => ({
  default: (await import('../features/registrations/RegistrationsPage')).RegistrationsPage,
}));
const RegistrationPage = lazy(async () => ({
  default: (await import('../features/registrations/RegistrationPage')).RegistrationPage,
}));
const LettersPanel = lazy(async () => ({ default: (await import('../features/letters/LettersPanel')).LettersPanel }));
const RulesPage = lazy(async () => ({ default: (await import('../features/rules/RulesPage')).RulesPage }));
const RegulationsPage = lazy(async () => ({
  default: (await import('../features/regulations/RegulationsPage')).RegulationsPage,
}));
const TasksPage = lazy(async () => ({ default: (await import('../features/tasks/TasksPage')).TasksPage }));
const ApprovalsPage = lazy(async () => ({
  default: (await import('../features/approvals/ApprovalsPage')).ApprovalsPage,
}));
const DeletionsPage = lazy(async () => ({
  default: (await import('../features/deletions/DeletionsPage')).DeletionsPage,
}));
const DeletionPage = lazy(async () => ({ default: (await import('../features/deletions/DeletionPage')).DeletionPage }));
const MeterCasesPage = lazy(async () => ({
  default: (await import('../features/meter-cases/MeterCasesPage')).MeterCasesPage,
}));
const MeterCasePage = lazy(async () => ({
  default: (await import('../features/meter-cases/MeterCasePage')).MeterCasePage,
}));
const MeterCases = lazy(async () => ({ default: (await import('../features/meter-cases/MeterCases')).MeterCases }));
const NewSubMeterButton = lazy(async () => ({
  default: (await import('../features/meter-cases/NewSubMeter')).NewSubMeterButton,
}));
const RecordHistory = lazy(async () => ({ default: (await import('../features/audit/RecordHistory')).RecordHistory }));

/** A history in a drawer: while it is on its way, the screen behind stays. */
function Later(props: ComponentProps<typeof RecordHistory>) {
  return (
    <Suspense fallback={<Skeleton h="8rem" />}>
      <RecordHistory {...props} />
    </Suspense>
  );
}

/** The demo office's caught mail has no place in the packaged program. */
const CAUGHT_MAIL = import.meta.env.MODE !== 'product';

/** A record's key; anything else in its place is no page of ours. */
const parseId = ({ id }: { id: string }) => {
  if (!/^[1-9][0-9]{0,18}$/.test(id)) throw redirect({ to: '/' });
  return { id };
};

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const dashboard = createRoute({
  getParentRoute: () => root,
  path: '/',
  staticData: { action: 'dashboard.figures' },
  component: lazyRouteComponent(() => import('../features/dashboard/DashboardPage'), 'DashboardPage'),
});

const customers = createRoute({
  getParentRoute: () => root,
  path: '/customers',
  staticData: { action: 'customers.list' },
  validateSearch: customersSearch,
  component: () => <CustomersPage search={customers.useSearch()} />,
});

const customer = createRoute({
  getParentRoute: () => root,
  path: '/customers/$id',
  staticData: { action: 'customers.card' },
  params: { parse: parseId },
  validateSearch: cardSearch,
  component: function CustomerScreen() {
    const { id } = customer.useParams();
    return (
      // Keyed: nothing of one customer's screen may linger on another's.
      <CustomerPage
        key={id}
        id={id}
        search={customer.useSearch()}
        readings={<CustomerReadings customerId={id} />}
        accounts={<CustomerAccounts customerId={id} />}
        documents={<DocumentsPanel owner={{ table: 'customers', id }} />}
        pointActs={(point) => (
          <Suspense fallback={null}>
            <NewSubMeterButton customerId={id} point={point} />
          </Suspense>
        )}
        newTask={(name) => (
          <Suspense fallback={null}>
            <NewTaskButton subject={`customer:${id}`} label={name} />
          </Suspense>
        )}
        history={<RecordHistory table="customers" id={id} />}
      />
    );
  },
});

const premise = createRoute({
  getParentRoute: () => root,
  path: '/premises/$id',
  staticData: { action: 'customers.premise' },
  params: { parse: parseId },
  validateSearch: premiseSearch,
  component: function PremiseScreen() {
    const { id } = premise.useParams();
    return (
      <PremisePage key={id} id={id} search={premise.useSearch()} history={<RecordHistory table="premises" id={id} />} />
    );
  },
});

const meters = createRoute({
  getParentRoute: () => root,
  path: '/meters',
  staticData: { action: 'meters.list' },
  validateSearch: metersSearch,
  component: () => (
    <MetersPage
      search={meters.useSearch()}
      actions={<AcceptLink />}
      acts={(chosen) => (
        <>
          <PlanOrders {...chosen} />
          <StartLetterRun {...chosen} />
          <PrintLabels selection={chosen.selection} />
        </>
      )}
    />
  ),
});

const legalization = createRoute({
  getParentRoute: () => root,
  path: '/legalization',
  staticData: { action: 'legalization.chart' },
  validateSearch: planSearch,
  component: () => (
    <PlannerPage
      search={legalization.useSearch()}
      acts={(chosen) => (
        <>
          <PlanOrders {...chosen} />
          <StartLetterRun {...chosen} />
        </>
      )}
    />
  ),
});

const acceptMeters = createRoute({
  getParentRoute: () => root,
  path: '/meters/accept',
  staticData: { action: 'meters.add' },
  component: () => <AcceptPage labels={(ids) => <PrintLabels selection={{ is: 'rows', ids }} size="compact-sm" />} />,
});

const meter = createRoute({
  getParentRoute: () => root,
  path: '/meters/$id',
  staticData: { action: 'meters.get' },
  params: { parse: parseId },
  validateSearch: meterSearch,
  component: function MeterScreen() {
    const { id } = meter.useParams();
    return (
      <MeterPage
        key={id}
        id={id}
        search={meter.useSearch()}
        readings={<MeterReadings meterId={id} />}
        documents={<DocumentsPanel owner={{ table: 'meters', id }} />}
        orders={<MeterOrders meterId={id} />}
        acts={<MeterActs meterId={id} />}
        cases={<MeterCases meterId={id} />}
        notices={<MeterNotices meterId={id} />}
        history={<RecordHistory table="meters" id={id} />}
      />
    );
  },
});

const orders = createRoute({
  getParentRoute: () => root,
  path: '/orders',
  staticData: { action: 'orders.list' },
  validateSearch: ordersSearch,
  component: () => (
    <OrdersPage search={orders.useSearch()} history={(id) => <Later table="service_orders" id={id} />} />
  ),
});

const myOrders = createRoute({
  getParentRoute: () => root,
  path: '/my-orders',
  staticData: { action: 'orders.close' },
  validateSearch: deskSearch,
  component: () => <DeskPage search={myOrders.useSearch()} />,
});

const meterCases = createRoute({
  getParentRoute: () => root,
  path: '/meter-cases',
  staticData: { action: 'meterCases.list' },
  validateSearch: meterCasesSearch,
  component: () => <MeterCasesPage search={meterCases.useSearch()} />,
});

const meterCase = createRoute({
  getParentRoute: () => root,
  path: '/meter-cases/$id',
  staticData: { action: 'meterCases.get' },
  params: { parse: parseId },
  validateSearch: meterCaseSearch,
  component: function MeterCaseScreen() {
    const { id } = meterCase.useParams();
    return (
      <MeterCasePage
        key={id}
        id={id}
        search={meterCase.useSearch()}
        letters={({ certificateOn }) => (
          <LettersPanel record={`meter_cases:${id}`} kinds={certificateOn ? ['expertise_result'] : []} />
        )}
        documents={<DocumentsPanel owner={{ table: 'meter_cases', id }} />}
        newTask={(name) => (
          <Suspense fallback={null}>
            <NewTaskButton subject={`meter_case:${id}`} label={name} />
          </Suspense>
        )}
        history={<RecordHistory table="meter_cases" id={id} />}
      />
    );
  },
});

const letterRuns = createRoute({
  getParentRoute: () => root,
  path: '/letter-runs',
  staticData: { action: 'letterRuns.list' },
  validateSearch: letterRunsSearch,
  component: () => <LetterRunsPage search={letterRuns.useSearch()} />,
});

const letterRun = createRoute({
  getParentRoute: () => root,
  path: '/letter-runs/$id',
  staticData: { action: 'letterRuns.get' },
  params: { parse: parseId },
  component: function LetterRunScreen() {
    const { id } = letterRun.useParams();
    return <LetterRunPage key={id} id={id} />;
  },
});

const exchanges = createRoute({
  getParentRoute: () => root,
  path: '/exchanges',
  staticData: { action: 'exchanges.list' },
  validateSearch: exchangesSearch,
  component: () => <ExchangesPage search={exchanges.useSearch()} />,
});

const exchange = createRoute({
  getParentRoute: () => root,
  path: '/exchanges/$id',
  staticData: { action: 'exchanges.get' },
  params: { parse: parseId },
  validateSearch: exchangeSearch,
  component: function ExchangeScreen() {
    const { id } = exchange.useParams();
    return (
      <ExchangePage
        key={id}
        id={id}
        search={exchange.useSearch()}
        photos={<DocumentsPanel owner={{ table: 'exchanges', id }} />}
        protocol={({ reversed }) => (
          <LettersPanel record={`exchanges:${id}`} kinds={reversed ? [] : ['exchange_protocol']} />
        )}
        history={<RecordHistory table="exchanges" id={id} />}
      />
    );
  },
});

const newExchange = createRoute({
  getParentRoute: () => root,
  path: '/exchange/new',
  staticData: { action: 'exchanges.record' },
  validateSearch: newExchangeSearch,
  component: () => <NewExchange search={newExchange.useSearch()} />,
});

const registrations = createRoute({
  getParentRoute: () => root,
  path: '/registrations',
  staticData: { action: 'registrations.list' },
  validateSearch: registrationsSearch,
  component: () => <RegistrationsPage search={registrations.useSearch()} />,
});

const registration = createRoute({
  getParentRoute: () => root,
  path: '/registrations/$id',
  staticData: { action: 'registrations.get' },
  params: { parse: parseId },
  validateSearch: registrationSearch,
  component: function RegistrationScreen() {
    const { id } = registration.useParams();
    return (
      <RegistrationPage
        key={id}
        id={id}
        search={registration.useSearch()}
        documents={<DocumentsPanel owner={{ table: 'registrations', id }} />}
        letters={({ status }) => (
          <LettersPanel
            record={`registrations:${id}`}
            kinds={status === 'rejected' ? ['application_copy', 'refusal'] : ['application_copy']}
          />
        )}
        newTask={(name) => (
          <Suspense fallback={null}>
            <NewTaskButton subject={`registration:${id}`} label={name} />
          </Suspense>
        )}
        history={<RecordHistory table="registrations" id={id} />}
      />
    );
  },
});

const tasks = createRoute({
  getParentRoute: () => root,
  path: '/tasks',
  staticData: { action: 'tasks.list' },
  validateSearch: tasksSearch,
  component: () => <TasksPage search={tasks.useSearch()} history={(id) => <Later table="follow_ups" id={id} />} />,
});

const approvals = createRoute({
  getParentRoute: () => root,
  path: '/approvals',
  staticData: { action: 'approvals.list' },
  validateSearch: approvalsSearch,
  component: () => (
    <ApprovalsPage search={approvals.useSearch()} history={(id) => <Later table="approvals" id={id} />} />
  ),
});

const deletions = createRoute({
  getParentRoute: () => root,
  path: '/deletions',
  staticData: { action: 'deletions.list' },
  validateSearch: deletionsSearch,
  component: () => <DeletionsPage search={deletions.useSearch()} />,
});

const deletion = createRoute({
  getParentRoute: () => root,
  path: '/deletions/$id',
  staticData: { action: 'deletions.get' },
  params: { parse: parseId },
  validateSearch: deletionSearch,
  component: function DeletionScreen() {
    const { id } = deletion.useParams();
    return (
      <DeletionPage
        key={id}
        id={id}
        search={deletion.useSearch()}
        letters={<LettersPanel record={`deletion_requests:${id}`} kinds={[]} />}
        documents={<DocumentsPanel owner={{ table: 'deletion_requests', id }} />}
        newTask={(name) => (
          <Suspense fallback={null}>
            <NewTaskButton subject={`deletion_request:${id}`} label={name} />
          </Suspense>
        )}
        history={<RecordHistory table="deletion_requests" id={id} />}
      />
    );
  },
});

const accounts = createRoute({
  getParentRoute: () => root,
  path: '/accounts',
  staticData: { action: 'accounts.list' },
  validateSearch: accountsSearch,
  component: () => <AccountsPage search={accounts.useSearch()} />,
});

const account = createRoute({
  getParentRoute: () => root,
  path: '/accounts/$id',
  staticData: { action: 'accounts.get' },
  params: { parse: parseId },
  validateSearch: accountSearch,
  component: function AccountScreen() {
    const { id } = account.useParams();
    return (
      <AccountPage
        key={id}
        id={id}
        search={account.useSearch()}
        documents={<DocumentsPanel owner={{ table: 'accounts', id }} />}
        letters={<LettersPanel record={`accounts:${id}`} kinds={['activation', 'regulations_confirmation']} />}
        newTask={(name) => (
          <Suspense fallback={null}>
            <NewTaskButton subject={`account:${id}`} label={name} />
          </Suspense>
        )}
        deletion={({ login, abilities }) =>
          abilities.delete === null && (
            <Suspense fallback={null}>
              <RequestDeletionButton account={{ id, login: login ?? '' }} />
            </Suspense>
          )
        }
        history={<RecordHistory table="accounts" id={id} />}
      />
    );
  },
});

const dataChanges = createRoute({
  getParentRoute: () => root,
  path: '/data-changes',
  staticData: { action: 'dataChanges.list' },
  validateSearch: dataChangesSearch,
  component: () => <DataChangesPage search={dataChanges.useSearch()} />,
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/SettingsLayout'), 'SettingsLayout'),
});

const ownSettings = createRoute({
  getParentRoute: () => settings,
  path: '/',
  staticData: { action: 'session.saveSettings' },
  component: () => <OwnSettingsPage absence={<OwnAbsence />} />,
});

const rules = createRoute({
  getParentRoute: () => settings,
  path: '/rules',
  staticData: { action: 'rules.list' },
  component: () => <RulesPage history={(id) => <Later table="rule_values" id={id} />} />,
});

const regulations = createRoute({
  getParentRoute: () => settings,
  path: '/regulations',
  staticData: { action: 'regulations.list' },
  component: () => <RegulationsPage history={(id) => <Later table="regulation_versions" id={id} />} />,
});

const holidays = createRoute({
  getParentRoute: () => settings,
  path: '/holidays',
  staticData: { action: 'holidays.list' },
  component: lazyRouteComponent(() => import('../features/rules/HolidaysPage'), 'HolidaysPage'),
});

const servers = createRoute({
  getParentRoute: () => settings,
  path: '/servers',
  staticData: { action: 'session.servers' },
  component: lazyRouteComponent(() => import('../features/settings/ServersPage'), 'ServersPage'),
});

const staff = createRoute({
  getParentRoute: () => settings,
  path: '/staff',
  staticData: { action: 'staff.list' },
  component: lazyRouteComponent(() => import('../features/staff/StaffPage'), 'StaffPage'),
});

const outbox = createRoute({
  getParentRoute: () => root,
  path: '/outbox',
  staticData: { action: 'mail.list' },
  validateSearch: mailSearch,
  component: () => (
    <MailPage
      search={outbox.useSearch()}
      {...(CAUGHT_MAIL
        ? {
            actions: (
              <Suspense fallback={null}>
                <CaughtLink />
              </Suspense>
            ),
          }
        : {})}
    />
  ),
});

const caughtMail = createRoute({
  getParentRoute: () => root,
  path: '/outbox/caught',
  staticData: { action: 'mail.caught' },
  component: lazyRouteComponent(() => import('../features/mail/CaughtPage'), 'CaughtPage'),
});

const templates = createRoute({
  getParentRoute: () => settings,
  path: '/templates',
  staticData: { action: 'templates.list' },
  component: lazyRouteComponent(() => import('../features/mail/TemplatesPage'), 'TemplatesPage'),
});

const imports = createRoute({
  getParentRoute: () => root,
  path: '/imports',
  staticData: { action: 'imports.check' },
  component: lazyRouteComponent(() => import('../features/imports/ImportsPage'), 'ImportsPage'),
});

const journal = createRoute({
  getParentRoute: () => root,
  path: '/journal',
  staticData: { action: 'audit.journal' },
  validateSearch: journalSearch,
  component: () => <JournalPage search={journal.useSearch()} />,
});

const health = createRoute({
  getParentRoute: () => root,
  path: '/health',
  staticData: { action: 'health.get' },
  component: lazyRouteComponent(() => import('../features/health/HealthPage'), 'HealthPage'),
});

/** Every screen by its address. Addresses hold ids and choices, never names: they land in histories. */
export const router = createRouter({
  routeTree: root.addChildren([
    dashboard,
    customers,
    customer,
    registrations,
    accounts,
    account,
    dataChanges,
    deletions,
    deletion,
    registration,
    orders,
    myOrders,
    exchanges,
    exchange,
    newExchange,
    meterCases,
    meterCase,
    letterRuns,
    letterRun,
    premise,
    meters,
    legalization,
    acceptMeters,
    meter,
    imports,
    journal,
    health,
    tasks,
    outbox,
    ...(CAUGHT_MAIL ? [caughtMail] : []),
    approvals,
    settings.addChildren([ownSettings, staff, rules, regulations, templates, holidays, servers]),
  ]),
  history: createHashHistory(),
  defaultErrorComponent: PageFault,
  defaultPendingComponent: PagePending,
  defaultPendingMs: 100,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
