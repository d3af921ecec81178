/** The group roles of the database (schema.md, section 2): each staff login is in exactly one. */
export const STAFF_GROUPS = ['bok_clerk', 'bok_technician', 'bok_supervisor', 'bok_admin', 'bok_dpo'] as const;
export type StaffGroup = (typeof STAFF_GROUPS)[number];

const OFFICE = ['bok_clerk', 'bok_technician', 'bok_supervisor', 'bok_dpo'] as const;
const CLERKS = ['bok_clerk', 'bok_supervisor'] as const;
const IMPORTERS = ['bok_clerk', 'bok_technician', 'bok_supervisor'] as const;

/**
 * Action → groups that may. A procedure is named like its action. This guides honest people and explains; the
 * judge is the database, and `tests/security` compares the two.
 */
export const PERMISSIONS = {
  'dashboard.figures': STAFF_GROUPS,
  'dashboard.charts': OFFICE,
  'customers.search': OFFICE,
  'customers.findByContact': OFFICE,
  'customers.list': OFFICE,
  'customers.count': OFFICE,
  'customers.cities': OFFICE,
  'customers.card': OFFICE,
  'customers.points': OFFICE,
  'customers.premise': OFFICE,
  'customers.reveal': ['bok_clerk', 'bok_supervisor', 'bok_dpo'],
  'customers.editContact': CLERKS,
  'meters.get': OFFICE,
  'readings.ofCustomer': OFFICE,
  'readings.ofMeter': OFFICE,
  'audit.history': OFFICE,
  'imports.check': IMPORTERS,
  'imports.run': IMPORTERS,
  'imports.progress': IMPORTERS,
  'imports.cancel': IMPORTERS,
  'imports.errorRows': IMPORTERS,
  'imports.list': IMPORTERS,
  'staff.list': ['bok_admin', 'bok_supervisor', 'bok_dpo'],
  'staff.create': ['bok_admin'],
  'staff.resetPassword': ['bok_admin'],
  'staff.end': ['bok_admin'],
} as const satisfies Record<string, readonly StaffGroup[]>;

export type Action = keyof typeof PERMISSIONS;

/** Whether a member of `group` may do `action`. */
export function may(group: StaffGroup, action: Action): boolean {
  return (PERMISSIONS[action] as readonly StaffGroup[]).includes(group);
}

/** All actions a group may do, for the session's answer. */
export function actionsOf(group: StaffGroup): Action[] {
  return (Object.keys(PERMISSIONS) as Action[]).filter((action) => may(group, action));
}
