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
import { journalSearch } from '../features/audit/journalSearch';
import { cardSearch } from '../features/customers/cardSearch';
import { customersSearch } from '../features/customers/listSearch';
import { premiseSearch } from '../features/customers/premiseSearch';
import { meterSearch } from '../features/meters/meterSearch';
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
const MeterPage = lazy(async () => ({ default: (await import('../features/meters/MeterPage')).MeterPage }));
const CustomerReadings = lazy(async () => ({
  default: (await import('../features/readings/CustomerReadings')).CustomerReadings,
}));
const MeterReadings = lazy(async () => ({
  default: (await import('../features/readings/MeterReadings')).MeterReadings,
}));
const JournalPage = lazy(async () => ({ default: (await import('../features/audit/JournalPage')).JournalPage }));
const DocumentsPanel = lazy(async () => ({
  default: (await import('../features/documents/DocumentsPanel')).DocumentsPanel,
}));
const NewTaskButton = lazy(async () => ({ default: (await import('../features/tasks/NewTask')).NewTaskButton }));
const OwnAbsence = lazy(async () => ({ default: (await import('../features/staff/OwnAbsence')).OwnAbsence }));
const OwnSettingsPage = lazy(async () => ({
  default: (await import('../features/settings/OwnSettingsPage')).OwnSettingsPage,
}));
const RulesPage = lazy(async () => ({ default: (await import('../features/rules/RulesPage')).RulesPage }));
const TasksPage = lazy(async () => ({ default: (await import('../features/tasks/TasksPage')).TasksPage }));
const RecordHistory = lazy(async () => ({ default: (await import('../features/audit/RecordHistory')).RecordHistory }));

/** A history in a drawer: while it is on its way, the screen behind stays. */
function Later(props: ComponentProps<typeof RecordHistory>) {
  return (
    <Suspense fallback={<Skeleton h="8rem" />}>
      <RecordHistory {...props} />
    </Suspense>
  );
}

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
        documents={<DocumentsPanel owner={{ table: 'customers', id }} />}
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
        history={<RecordHistory table="meters" id={id} />}
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
    premise,
    meter,
    imports,
    journal,
    health,
    tasks,
    settings.addChildren([ownSettings, staff, rules, holidays, servers]),
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
