import type { readings as Polish } from '../pl/readings';
import type { Translated } from '../shape';

export const readings: Translated<typeof Polish> = {
  chart: {
    title: 'Monthly consumption',
    titlePoint: 'Monthly consumption, point {{point}}',
    volume: 'Consumption',
    month: 'Month',
    hint: 'Consumption spread over the days between readings; meter exchanges are joined. The first and last month may be incomplete.',
    none: 'Too few readings to show consumption.',
  },
  series: {
    label: 'Readings of meter {{factoryNo}}',
    meter: 'Meter {{factoryNo}}',
    removed: 'removed {{day}}',
    showAll_one: 'Show {{count}} more reading',
    showAll_other: 'Show {{count}} more readings',
    none: 'This meter has no readings yet.',
  },
  column: {
    readOn: 'Date',
    value: 'Value',
    consumption: 'Consumption',
    kind: 'Kind of reading',
    state: 'State',
  },
  kind: {
    actual: 'actual',
    customer: 'given by the customer',
    remote: 'remote',
    control: 'control',
    estimate: 'estimate',
    opening: 'opening',
    final: 'final',
  },
  state: {
    received: 'Received',
    flagged: 'To be checked',
    deferred: 'Deferred',
    released: 'Approved for hand-over',
    rejected: 'Rejected',
    withdrawn: 'Withdrawn',
    fetched: 'Fetched by billing',
    acknowledged: 'Acknowledged',
    refused: 'Refused by billing',
    reversed: 'Reversed',
  },
  role: { main: 'Main', sub: 'Sub-meter', deduction: 'Deduction' },
  negative: 'Lower than the value before',
  empty: 'No readings yet',
  emptyText: 'Readings appear after an import from the billing system or when the customer sends one.',
};
