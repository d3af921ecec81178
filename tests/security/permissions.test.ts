import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Action, may, PERMISSIONS, STAFF_GROUPS, type StaffGroup } from '../../shared/permissions';
import { type Stage, setStage } from './fixtures';
import { MATRIX } from './matrix';
import type { Role } from './matrix-model';

const call = (name: string, place = 0): string => MATRIX.functions[name]?.calls[place]?.sql ?? '';
const rows = (table: string, columns = '*'): string => `select ${columns} from ibok.${table} limit 1`;
const journal = 'select id from audit.events limit 1';
const tasks = 'select id from ibok.follow_ups limit 1';
/** Which kind of rule a group sets is asked by the matrix; here, whether there is any. */
const anyRule = `select 1 from api.set_rule(
  case when pg_has_role(session_user, 'bok_dpo', 'usage') then 'matrix.retention' else 'matrix.threshold' end, 7, '2031-06-01',
  'test', null, case when pg_has_role(session_user, 'bok_dpo', 'usage') then null else 9002 end, null)`;
const ownSettings = `update ibok.staff_settings set workspace = '{}' where login = session_user`;
const importMeters = call('api.begin_import');

/** What the database is asked for in each action: all its statements must pass for those who may, one must fail else. */
const STATEMENTS: Readonly<Record<Action, readonly string[]>> = {
  'dashboard.figures': [rows('staff_members', 'id')],
  'dashboard.charts': [rows('readings'), rows('customer_search')],
  'customers.search': [rows('customer_search'), rows('meters')],
  'customers.findByContact': [call('api.find_by_contact')],
  'customers.list': [rows('customer_search')],
  'customers.count': [rows('customer_search', 'count(*)')],
  'customers.cities': [rows('customer_search', 'distinct city')],
  'customers.card': [call('api.open_card')],
  'customers.points': [rows('supplies'), rows('supply_points')],
  'customers.premise': [rows('premises')],
  'customers.reveal': [call('api.reveal')],
  'customers.editContact': [call('api.edit_contact')],
  'documents.list': [rows('documents'), rows('document_versions')],
  'documents.versions': [rows('document_versions')],
  'documents.open': [call('api.read_document')],
  'documents.stage': [call('api.begin_upload'), call('api.upload_part'), rows('document_versions')],
  'documents.add': [call('api.add_document')],
  'documents.addVersion': [call('api.add_version')],
  'documents.restoreVersion': [call('api.restore_version')],
  'documents.edit': [call('api.edit_document')],
  'documents.setState': [call('api.set_document_state')],
  'orders.list': [rows('service_orders')],
  'orders.count': [rows('service_orders', 'count(*)')],
  'orders.get': [rows('service_orders'), rows('readings')],
  'orders.ofMeter': [rows('service_orders')],
  'orders.desk': [rows('service_orders'), rows('readings')],
  'orders.routeList': [rows('service_orders'), rows('readings')],
  'orders.make': [call('api.make_order')],
  'orders.assign': [call('api.assign_order')],
  'orders.close': [call('api.close_order')],
  'orders.reopen': [call('api.reopen_order')],
  'orders.cancel': [call('api.cancel_order')],
  'registrations.list': [rows('registrations'), call('ibok.registration_gaps')],
  'registrations.count': [rows('registrations', 'count(*)')],
  'registrations.counters': [call('api.registration_counters')],
  'registrations.get': [rows('registrations'), call('api.registration_checks')],
  'registrations.form': [call('api.create_registration')],
  'registrations.create': [call('api.create_registration')],
  'registrations.edit': [call('api.edit_registration')],
  'registrations.checkIdentity': [call('api.check_identity')],
  'registrations.setDocument': [call('api.set_registration_document')],
  'registrations.approve': [call('api.approve_registration')],
  'registrations.reject': [call('api.reject_registration')],
  'deletions.list': [rows('deletion_requests')],
  'deletions.count': [rows('deletion_requests', 'count(*)')],
  'deletions.get': [rows('deletion_requests'), call('api.deletion_mails')],
  'deletions.preview': [call('api.deletion_preview')],
  'deletions.request': [call('api.request_deletion')],
  'deletions.forward': [call('api.forward_deletion')],
  'deletions.withdraw': [call('api.withdraw_deletion')],
  'meterCases.list': [rows('meter_cases'), call('ibok.meter_case_stage')],
  'meterCases.count': [rows('meter_cases', 'count(*)')],
  'meterCases.get': [rows('meter_cases'), rows('service_orders'), rows('seals'), call('api.meter_case_doers')],
  'meterCases.ofMeter': [rows('meter_cases'), rows('meter_installations')],
  'meterCases.openSubMeter': [call('api.open_sub_meter_case')],
  'meterCases.openExpertise': [call('api.open_expertise_case')],
  'meterCases.agreePlace': [call('api.agree_case_place')],
  'meterCases.order': [call('api.order_meter_case')],
  'meterCases.accept': [call('api.accept_sub_meter')],
  'meterCases.recordFee': [call('api.record_case_fee')],
  'meterCases.recordAnnex': [call('api.record_case_annex')],
  'meterCases.activate': [call('api.activate_sub_meter')],
  'meterCases.send': [call('api.send_to_expertise')],
  'meterCases.recordCertificate': [call('api.record_certificate')],
  'meterCases.answer': [call('api.answer_expertise')],
  'meterCases.cancel': [call('api.cancel_meter_case')],
  'meterCases.edit': [call('api.edit_meter_case')],
  // What a technician makes as well; the matrix says that other letters stay with the clerks.
  'letters.make': [call('api.letter_facts', 1), call('api.add_letter', 1)],
  'letters.list': [rows('letters')],
  'labels.print': [rows('meter_registry')],
  'letterRuns.list': [rows('letter_runs')],
  'letterRuns.count': [rows('letter_runs', 'count(*)')],
  'letterRuns.get': [rows('letter_runs'), rows('letter_run_items'), rows('document_versions')],
  'letterRuns.rows': [rows('letter_run_items'), rows('customer_search')],
  'letterRuns.ofMeter': [rows('letter_run_items')],
  'letterRuns.plan': [call('api.preview_letter_run')],
  'letterRuns.start': [call('api.begin_letter_run'), call('api.letter_run_rows'), call('api.finish_letter_run')],
  'letterRuns.resume': [call('api.resume_letter_run')],
  'letterRuns.cancel': [call('api.cancel_letter_run')],
  'letterRuns.mark': [call('api.mark_letter_run')],
  'letters.markSent': [call('api.mark_letter', 1)],
  'exchanges.list': [rows('exchanges')],
  'exchanges.count': [rows('exchanges', 'count(*)')],
  'exchanges.get': [rows('exchanges'), rows('seals'), call('api.reversal_obstacle')],
  // Looking is everybody's; what they begin is not.
  'exchanges.start': [call('api.exchange_meter')],
  'exchanges.findPlace': [call('api.exchange_meter')],
  'exchanges.findMeter': [call('api.exchange_meter')],
  'exchanges.record': [call('api.exchange_meter')],
  'exchanges.reverse': [call('api.reverse_exchange')],
  'regulations.list': [call('api.list_regulations')],
  'regulations.open': [call('api.read_regulations')],
  // Begun for a version alone.
  'regulations.stage': [call('api.begin_upload'), call('api.add_regulation_version')],
  'regulations.add': [call('api.add_regulation_version')],
  'regulations.move': [call('api.move_regulation_version')],
  'regulations.announce': [call('api.announce_regulations')],
  'regulations.accounts': [call('api.regulation_accounts')],
  'accounts.list': [rows('accounts'), rows('account_sign_ins'), call('ibok.regulations_on')],
  'accounts.count': [rows('accounts', 'count(*)')],
  'accounts.get': [
    rows('accounts'),
    rows('account_access'),
    rows('account_blocks'),
    call('api.account_state'),
    call('ibok.regulations_bind'),
  ],
  'accounts.signIns': [rows('account_sign_ins')],
  'accounts.ofCustomer': [rows('account_access'), rows('accounts')],
  'accounts.papers': [rows('documents'), rows('accounts'), call('ibok.is_contract_person')],
  'accounts.block': [call('api.block_account')],
  'accounts.unblock': [call('api.unblock_account')],
  'accounts.renewActivation': [call('api.renew_activation')],
  'accounts.changeEmail': [call('api.change_account_email')],
  'accounts.addAccess': [call('api.add_account_access')],
  'accounts.endAccess': [call('api.end_account_access')],
  'accounts.setConsent': [call('api.set_account_consent')],
  'accounts.recordAcceptance': [call('api.record_acceptance')],
  'dataChanges.list': [rows('data_change_requests', 'id, status')],
  'dataChanges.count': [rows('data_change_requests', 'count(*)')],
  'dataChanges.ofAccount': [rows('data_change_requests', 'id, status')],
  'dataChanges.open': [call('api.open_data_change')],
  'dataChanges.decide': [call('api.decide_data_change')],
  'meters.list': [rows('meter_registry'), rows('staff_members', 'login, display_name')],
  'meters.count': [rows('meter_registry', 'count(*)')],
  'registry.choices': [rows('meter_registry'), rows('meter_types')],
  'legalization.chart': [rows('meter_registry'), rows('legalization_counts'), rows('rule_values')],
  'legalization.progress': [rows('meter_registry'), rows('exchanges'), rows('premises')],
  'meters.get': [rows('meters'), rows('meter_installations'), rows('meter_types')],
  'meters.events': [
    rows('meter_movements'),
    rows('legalizations'),
    rows('seals'),
    rows('service_orders'),
    rows('meter_cases'),
  ],
  'meters.atPoint': [rows('meter_installations'), rows('supplies')],
  'meters.form': [rows('legalization_rules'), rows('meter_types')],
  'meters.add': [call('api.add_meter')],
  'meters.edit': [call('api.edit_meter')],
  'meters.move': [call('api.move_meter')],
  'meters.addLegalization': [call('api.add_legalization')],
  'meters.overrideLegalization': [call('api.override_legalization')],
  'meters.setLegalizationLoss': [call('api.set_legalization_loss')],
  'meters.withdrawLegalization': [call('api.withdraw_legalization')],
  'readings.ofCustomer': [rows('readings')],
  'readings.ofMeter': [rows('readings')],
  'audit.history': [`select 1 from api.history('rule_values', 9001) limit 1`],
  'audit.journal': [journal],
  'audit.journalCount': [journal],
  'audit.journalValues': [journal, 'select event_id from audit.event_values limit 1'],
  'audit.reads': ['select id from audit.reads limit 1'],
  'audit.readsCount': ['select id from audit.reads limit 1'],
  'audit.activity': [journal],
  'audit.verify': [call('audit.verify_chain')],
  'audit.anchors': ['select count(*) from audit.anchors'],
  'audit.checkAnchor': [call('api.check_anchor')],
  'health.get': [call('api.health')],
  'imports.check': [importMeters],
  'imports.run': [importMeters, call('api.import_rows'), call('api.finish_import')],
  'imports.progress': [rows('imports')],
  'imports.cancel': [rows('imports')],
  'imports.errorRows': [rows('imports')],
  'imports.list': [rows('imports')],
  'imports.mapping': [rows('import_mappings')],
  'imports.undo': [call('api.undo_import')],
  'lists.views': [rows('saved_views')],
  'lists.saveView': [call('api.save_view')],
  'lists.removeView': [call('api.remove_view')],
  'lists.pinView': [call('api.pin_view')],
  'lists.counters': [rows('saved_view_pins')],
  'lists.startExport': [`select 1 from (select api.log_export('tasks', '{title}', 1)) as done`],
  'lists.exportProgress': [rows('saved_view_pins')],
  'lists.cancelExport': [rows('saved_view_pins')],
  'bulk.count': [rows('customer_search', 'count(*)'), rows('bulk_acts')],
  'bulk.start': [call('api.begin_bulk', 1)],
  'bulk.progress': [rows('bulk_acts')],
  'bulk.resume': [call('api.bulk_rows', 1)],
  'bulk.cancel': [call('api.cancel_bulk', 1)],
  'bulk.receipt': [rows('bulk_rows', 'outcome')],
  'bulk.list': [rows('bulk_acts')],
  'undo.stack': [call('api.undo_stack')],
  'undo.run': [call('api.undo_stack')],
  'presence.touch': [rows('presence')],
  'presence.leave': [rows('presence')],
  'presence.list': [rows('presence')],
  'tasks.list': [tasks, call('api.subject_label')],
  'tasks.count': [tasks],
  'tasks.counters': [call('api.follow_up_counters')],
  'tasks.create': [call('api.create_follow_up')],
  'tasks.change': [call('api.change_follow_up')],
  'tasks.complete': [call('api.complete_follow_up')],
  'tasks.reopen': [call('api.reopen_follow_up')],
  'tasks.cancel': [call('api.cancel_follow_up')],
  'tasks.takeOver': [call('api.take_over_follow_up')],
  'approvals.list': [rows('approvals', 'id'), call('api.approval_label')],
  'approvals.count': [rows('approvals', 'id')],
  'approvals.get': [call('api.look_at_approval')],
  'approvals.counters': [call('api.approval_counters')],
  'approvals.decide': [call('api.decide_approval')],
  'approvals.withdraw': [call('api.withdraw_approval')],
  'mail.list': [rows('outbox'), rows('templates')],
  'mail.count': [rows('outbox', 'count(*)')],
  'mail.get': [rows('outbox'), call('api.mail_abilities')],
  'mail.waiting': [rows('outbox')],
  'mail.caught': [rows('outbox')],
  'mail.caughtText': [rows('outbox')],
  'mail.cancel': [call('api.cancel_mail')],
  'mail.hold': [call('api.hold_mail')],
  'mail.release': [call('api.release_mail')],
  'mail.confirm': [call('api.confirm_mail')],
  'mail.resend': [call('api.resend_mail')],
  'templates.list': [rows('template_keys'), rows('templates')],
  'templates.set': [call('api.set_template')],
  'templates.withdraw': [call('api.withdraw_template')],
  'rules.list': [rows('rule_keys'), rows('rule_values')],
  'rules.set': [anyRule],
  'rules.withdraw': [anyRule],
  'holidays.list': [rows('holidays')],
  'holidays.add': [call('api.add_holiday')],
  'holidays.remove': [call('api.remove_holiday')],
  'session.saveSettings': [ownSettings],
  'session.saveWorkspace': [ownSettings],
  'session.servers': ['select 1'],
  'staff.colleagues': [rows('staff_members', 'login, display_name, staff_group')],
  'staff.changeAbsence': [call('api.change_absence')],
  'staff.changeDetails': [call('api.change_staff_details')],
  'staff.changeGroup': [call('api.change_staff_group')],
  'staff.openTasks': [call('api.open_follow_ups')],
  'staff.list': [rows('staff_members')],
  'staff.create': [call('api.create_staff')],
  'staff.resetPassword': [call('api.reset_password')],
  'staff.requestCreate': [call('api.request_staff')],
  'staff.requestReset': [call('api.request_password_reset')],
  'staff.requestGroup': [call('api.request_group_change')],
  'staff.end': [call('api.end_staff')],
};

const ROLE_OF: Readonly<Record<StaffGroup, Role>> = {
  bok_clerk: 'clerk',
  bok_technician: 'technician',
  bok_supervisor: 'supervisor',
  bok_admin: 'admin',
  bok_dpo: 'dpo',
};

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

/** Whether every statement gives a row; a refusal for want of a right is no, anything else is a fault of the test. */
async function allowed(client: Client, statements: readonly string[], role: Role): Promise<boolean> {
  for (const sql of statements) {
    await client.query('begin');
    try {
      const { rowCount } = await client.query(stage.fill(sql, role));
      if (!rowCount) throw new Error(`no row: ${sql}`);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === '42501' || code === 'IB001') return false;
      throw error;
    } finally {
      await client.query('rollback');
    }
  }
  return true;
}

describe('the application and the database say the same', () => {
  test('about every action there is', () => {
    expect(Object.keys(STATEMENTS).toSorted()).toEqual(Object.keys(PERMISSIONS).toSorted());
    expect(Object.values(STATEMENTS).every((list) => list.length > 0 && !list.includes(''))).toBe(true);
  });

  test.each(STAFF_GROUPS)('to %s', async (group) => {
    const role = ROLE_OF[group];
    const client = await stage.database.asLogin(stage.logins[role as Exclude<Role, 'owner'>]);
    const answers: Record<string, boolean> = {};
    const wanted: Record<string, boolean> = {};
    for (const action of Object.keys(PERMISSIONS) as Action[]) {
      wanted[action] = may(group, action);
      answers[action] = await allowed(client, STATEMENTS[action], role);
    }
    await client.end();
    expect(answers).toEqual(wanted);
  });

  test('to a newcomer: nothing but the own password', async () => {
    const client = await stage.database.asLogin(stage.logins.newcomer);
    const open: string[] = [];
    for (const action of Object.keys(PERMISSIONS) as Action[]) {
      if (await allowed(client, STATEMENTS[action], 'newcomer')) open.push(action);
    }
    await client.end();
    // What bok_staff sees: names of colleagues, who has what open, the office's rules and days off; and one's own settings.
    expect(open.toSorted()).toEqual([
      'dashboard.figures',
      'holidays.list',
      'presence.leave',
      'presence.list',
      'presence.touch',
      'rules.list',
      'session.saveSettings',
      'session.saveWorkspace',
      'session.servers',
      'staff.colleagues',
      'templates.list',
    ]);
  });

  test('a request id of one act is of no use for another', async () => {
    const client = await stage.database.asLogin(stage.logins.clerk);
    const request = randomUUID();
    await client.query('begin');
    await client.query('select api.edit_contact(9001, $1, $2)', ['{"phone": ["600100200", "600100300"]}', request]);
    await expect(
      client.query('select api.edit_contact(9001, $1, $2)', ['{"phone": ["600100300", "600100400"]}', request]),
    ).rejects.toMatchObject({ code: 'IB005' });
    await client.query('rollback');
    await client.end();
  });
});
