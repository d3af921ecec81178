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
  'lists.views': STAFF_GROUPS,
  'lists.saveView': STAFF_GROUPS,
  'lists.removeView': STAFF_GROUPS,
  'lists.pinView': STAFF_GROUPS,
  'lists.counters': STAFF_GROUPS,
  'lists.startExport': STAFF_GROUPS,
  'lists.exportProgress': STAFF_GROUPS,
  'lists.cancelExport': STAFF_GROUPS,
  'bulk.count': CLERKS,
  'bulk.start': CLERKS,
  'bulk.progress': CLERKS,
  'bulk.resume': CLERKS,
  'bulk.cancel': CLERKS,
  'bulk.receipt': CLERKS,
  'bulk.list': CLERKS,
  'undo.stack': STAFF_GROUPS,
  'undo.run': STAFF_GROUPS,
  'presence.touch': STAFF_GROUPS,
  'presence.leave': STAFF_GROUPS,
  'presence.list': STAFF_GROUPS,
  'tasks.list': STAFF_GROUPS,
  'tasks.count': STAFF_GROUPS,
  'tasks.counters': STAFF_GROUPS,
  'tasks.create': STAFF_GROUPS,
  'tasks.change': STAFF_GROUPS,
  'tasks.complete': STAFF_GROUPS,
  'tasks.reopen': STAFF_GROUPS,
  'tasks.cancel': STAFF_GROUPS,
  'tasks.takeOver': STAFF_GROUPS,
  'documents.list': OFFICE,
  'documents.versions': OFFICE,
  'documents.open': OFFICE,
  'documents.stage': CLERKS,
  'documents.add': CLERKS,
  'documents.addVersion': CLERKS,
  'documents.restoreVersion': CLERKS,
  'documents.edit': CLERKS,
  'documents.setState': CLERKS,
  'meters.get': OFFICE,
  'readings.ofCustomer': OFFICE,
  'readings.ofMeter': OFFICE,
  'audit.history': STAFF_GROUPS,
  'audit.journal': ['bok_admin', 'bok_dpo'],
  'audit.journalCount': ['bok_admin', 'bok_dpo'],
  'audit.journalValues': ['bok_dpo'],
  'audit.reads': ['bok_dpo'],
  'audit.readsCount': ['bok_dpo'],
  'audit.activity': ['bok_admin', 'bok_dpo'],
  'audit.verify': ['bok_admin', 'bok_dpo'],
  'audit.anchors': ['bok_admin', 'bok_dpo'],
  'audit.checkAnchor': ['bok_admin', 'bok_dpo'],
  'health.get': ['bok_admin', 'bok_supervisor', 'bok_dpo'],
  'imports.check': IMPORTERS,
  'imports.run': IMPORTERS,
  'imports.progress': IMPORTERS,
  'imports.cancel': IMPORTERS,
  'imports.errorRows': IMPORTERS,
  'imports.list': IMPORTERS,
  'imports.mapping': IMPORTERS,
  'imports.undo': IMPORTERS,
  'session.saveSettings': STAFF_GROUPS,
  'session.saveWorkspace': STAFF_GROUPS,
  'session.servers': STAFF_GROUPS,
  'rules.list': STAFF_GROUPS,
  'rules.set': ['bok_admin', 'bok_supervisor', 'bok_dpo'],
  'rules.withdraw': ['bok_admin', 'bok_supervisor', 'bok_dpo'],
  'holidays.list': STAFF_GROUPS,
  'holidays.add': ['bok_admin'],
  'holidays.remove': ['bok_admin'],
  'staff.colleagues': STAFF_GROUPS,
  'staff.changeAbsence': STAFF_GROUPS,
  'staff.changeDetails': ['bok_admin'],
  'staff.changeGroup': ['bok_admin'],
  'staff.openTasks': ['bok_admin', 'bok_supervisor'],
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
