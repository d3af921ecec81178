import type { dashboard as pl } from '../pl/dashboard';
import type { Translated } from '../shape';

export const dashboard: Translated<typeof pl> = {
  title: 'Dashboard',
  greeting: 'Hello, {{name}}',
  figures: 'The office now',
  figure: {
    tasksOpen: 'Tasks to do',
    tasksOverdue: 'Tasks overdue',
    approvalsWaiting: 'Requests for my decision',
    approvalsMine: 'My open requests for approval',
    freshStaff: 'New staff passwords (7 days)',
    dataChangesOpen: 'Data changes to be decided',
    registrationsOpen: 'Applications for accounts',
    registrationsNear: 'Applications due soon',
    registrationsOverdue: 'Applications overdue',
    deletionsOpen: 'Account deletions in progress',
    deletionsOverdue: 'Account deletions overdue',
    customers: 'Customers',
    companies: 'Companies',
    activePoints: 'Active supply points',
    metersInstalled: 'Meters installed',
    metersInStock: 'Meters in stock',
    activeContracts: 'Contracts in force',
    contractsEndingSoon: 'Contracts ending within 30 days',
    pointsWithoutMeter: 'Points without a meter',
    readingsThisMonth: 'Readings this month',
    mailWaiting: 'Messages in the queue',
    mailAttention: 'Messages to be settled',
    staffActive: 'Active staff',
  },
  readings: {
    title: 'Readings by how obtained',
    actual: 'Actual',
    customer: 'By customers',
    remote: 'Remote',
    estimate: 'Estimated',
  },
  volume: {
    title: 'Water consumption, 12 months',
    series: 'Consumption',
  },
  month: 'Month',
  empty: {
    title: 'The database is still empty',
    text: 'Figures appear after the import from the billing system.',
  },
};
