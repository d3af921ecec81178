import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { lazy } from 'react';
import { cardSearch } from '../features/customers/cardSearch';
import { customersSearch } from '../features/customers/listSearch';
import { premiseSearch } from '../features/customers/premiseSearch';
import { meterSearch } from '../features/meters/meterSearch';
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
const RecordHistory = lazy(async () => ({ default: (await import('../features/audit/RecordHistory')).RecordHistory }));

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

const staff = createRoute({
  getParentRoute: () => root,
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

/** Every screen by its address. Addresses hold ids and choices, never names: they land in histories. */
export const router = createRouter({
  routeTree: root.addChildren([dashboard, customers, customer, premise, meter, imports, staff]),
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
