import type { ColumnFilter, ListQuestion } from '../../../shared/contract/lists';
import { METER_ROLES, type PlanPeriod, type PlanScope } from '../../../shared/contract/meter-registry';
import { OWNER_KINDS } from '../../../shared/contract/meters';
import { monthsBetween } from '../../../shared/domain/plan-months';

/**
 * The planner asks the list of meters: its period and scope are filters of that list, so that a saved view keeps them and
 * whatever is chosen, printed or exported is what is on screen.
 */
type Filters = ListQuestion['filters'];

/** Periods one is led to by a figure. */
export const SHORTCUTS = ['overdue', 'soon', 'unknown'] as const;

/** What the list calls the month of a meter of which no legalization is known. */
const UNKNOWN_MONTH = 'none';
const DAY_MS = 86_400_000;

/** The day before, ISO. */
const before = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
const oneOf = (values: readonly string[]): ColumnFilter => ({ is: 'oneOf', values: [...values] });
const without = (filters: Filters, ...columns: string[]): Filters =>
  Object.fromEntries(Object.entries(filters).filter(([column]) => !columns.includes(column)));
const valuesOf = (filter: ColumnFilter | undefined): readonly string[] => (filter?.is === 'oneOf' ? filter.values : []);

/** A period as filters. Of the present month only what is not past: that is overdue already. */
function filtersOf(period: PlanPeriod, today: string): Filters {
  switch (period.is) {
    case 'overdue':
      return { validUntil: { is: 'dates', from: null, to: before(today) }, builtIn: oneOf(['true']) };
    case 'unknown':
      return { month: oneOf([UNKNOWN_MONTH]) };
    case 'months':
      return {
        month: oneOf(monthsBetween(period.from, period.to)),
        ...(period.from === today.slice(0, 7) && { validUntil: { is: 'dates', from: today, to: null } }),
      };
  }
}

/** The question for another period; scope, words and order stay. */
export function askPeriod(question: ListQuestion, period: PlanPeriod, today: string): ListQuestion {
  return {
    ...question,
    filters: { ...filtersOf(period, today), ...without(question.filters, 'month', 'validUntil', 'builtIn') },
  };
}

/** The period that a question asks for; null where somebody chose days or months of their own. */
export function periodOf({ filters }: ListQuestion, today: string): PlanPeriod | null {
  const months = valuesOf(filters.month);
  const [from, to] = [months[0], months.at(-1)];
  const candidate: PlanPeriod =
    from === undefined || to === undefined
      ? { is: 'overdue' }
      : from === UNKNOWN_MONTH
        ? { is: 'unknown' }
        : { is: 'months', from, to };
  const asked = JSON.stringify([filters.month, filters.validUntil, filters.builtIn]);
  const { month, validUntil, builtIn } = filtersOf(candidate, today);
  return JSON.stringify([month, validUntil, builtIn]) === asked ? candidate : null;
}

/** The question for another scope; period, words and order stay. */
export function askScope(question: ListQuestion, scope: PlanScope): ListQuestion {
  const { roles, owners, routes, street } = scope;
  return {
    ...question,
    filters: {
      ...without(question.filters, 'role', 'ownerKind', 'route', 'city', 'street'),
      ...(roles.length > 0 && { role: oneOf(roles) }),
      ...(owners.length > 0 && { ownerKind: oneOf(owners) }),
      ...(routes.length > 0 && { route: oneOf(routes) }),
      ...(street && {
        city: oneOf([street.city]),
        street: street.street === null ? { is: 'empty' } : oneOf([street.street]),
      }),
    },
  };
}

/** What of a question the chart can be narrowed by as well. */
export function scopeOf({ filters }: ListQuestion): PlanScope {
  const city = valuesOf(filters.city);
  const street = filters.street?.is === 'empty' ? null : valuesOf(filters.street)[0];
  const one = city.length === 1 && valuesOf(filters.street).length <= 1 && street !== undefined;
  return {
    roles: METER_ROLES.filter((role) => valuesOf(filters.role).includes(role)),
    owners: OWNER_KINDS.filter((owner) => valuesOf(filters.ownerKind).includes(owner)),
    routes: [...valuesOf(filters.route)],
    street: one ? { city: city[0] ?? '', street } : null,
  };
}
