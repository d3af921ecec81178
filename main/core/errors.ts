import { randomUUID } from 'node:crypto';
import { ZodError } from 'zod';
import type { AppErrorShape, ErrorCode, ErrorDetails } from '../../shared/errors';
import { ERROR_CODES } from '../../shared/errors';
import { databaseFault } from '../db/fault';
import { BadQuestion } from '../db/page';

/** An expected error: a code the renderer has a sentence for, and the facts the sentence needs. */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly details: ErrorDetails = {},
  ) {
    super(code);
    this.name = 'AppError';
  }
}

/** SQLSTATE → code. The server's message and detail are never shown or logged: they may quote personal data. */
const BY_SQLSTATE: Record<string, ErrorCode> = {
  IB001: 'NOT_ALLOWED',
  IB002: 'NOT_FOUND',
  IB003: 'CONFLICT',
  IB004: 'INVALID_INPUT',
  IB005: 'REQUEST_ID_REUSED',
  IB006: 'CONFLICT',
  IB007: 'SECOND_PERSON_REQUIRED',
  IB008: 'SIGN_IN_EXPIRED',
  '42501': 'NOT_ALLOWED',
  '23505': 'DUPLICATE',
  '23503': 'STILL_REFERENCED',
  '23P01': 'OVERLAP',
  '23514': 'INVALID_INPUT',
  '23502': 'INVALID_INPUT',
  '22001': 'INVALID_INPUT',
  '22003': 'INVALID_INPUT',
  '22007': 'INVALID_INPUT',
  '22008': 'INVALID_INPUT',
  '22023': 'INVALID_INPUT',
  '22P02': 'INVALID_INPUT',
  '22P05': 'INVALID_TEXT',
  '22021': 'INVALID_TEXT',
  '57014': 'SERVER_BUSY',
  '55P03': 'SERVER_BUSY',
  '40P01': 'SERVER_BUSY',
  '40001': 'SERVER_BUSY',
  '53100': 'SERVER_BUSY',
  '53200': 'SERVER_BUSY',
  '53300': 'SIGN_IN_TOO_MANY_CONNECTIONS',
  '53400': 'SERVER_BUSY',
};

/** Constraint name → a clearer code than its SQLSTATE's. */
const BY_CONSTRAINT: Record<string, ErrorCode> = {
  line_clean: 'INVALID_TEXT',
  note_clean: 'INVALID_TEXT',
  phone_form: 'INVALID_PHONE',
  email_form: 'INVALID_EMAIL',
  postal_code_form: 'INVALID_POSTAL_CODE',
  customers_nip: 'INVALID_IDENTIFIER',
  customers_pesel: 'INVALID_IDENTIFIER',
  customers_regon: 'INVALID_IDENTIFIER',
  customers_bank_account: 'INVALID_IDENTIFIER',
  approvals_decider_fresh: 'DECIDER_FRESH',
  approvals_requester_fresh: 'REQUESTER_FRESH',
  approvals_requester_left: 'REQUESTER_LEFT',
  approvals_one_open: 'ALREADY_REQUESTED',
  approvals_two_persons: 'SECOND_PERSON_REQUIRED',
  staff_members_login: 'LOGIN_TAKEN',
  accounts_login: 'LOGIN_TAKEN',
  accounts_login_form: 'INVALID_LOGIN',
  registrations_incomplete: 'REGISTRATION_INCOMPLETE',
  registrations_decided: 'REGISTRATION_DECIDED',
  registrations_received_on: 'RECEIVED_ON',
  registrations_pesel: 'INVALID_IDENTIFIER',
  registrations_nip: 'INVALID_IDENTIFIER',
  staff_members_substitute_away: 'SUBSTITUTE_AWAY',
  outbox_state_now: 'MAIL_STATE',
  outbox_address_fixed: 'MAIL_ADDRESS_FIXED',
  templates_fields: 'TEMPLATE_FIELDS',
  templates_secret: 'TEMPLATE_SECRET',
  templates_used: 'TEMPLATE_USED',
  deletion_requests_one_open: 'DELETION_OPEN',
  deletion_requests_legal_hold: 'LEGAL_HOLD',
  rule_values_past: 'RULE_PAST',
  rule_values_planned: 'RULE_PLANNED',
  service_orders_not_installed: 'METER_NOT_INSTALLED',
  service_orders_assignee_group: 'ORDER_ASSIGNEE',
  service_orders_by_exchange: 'ORDER_BY_EXCHANGE',
  service_orders_open_only: 'ORDER_CLOSED',
  service_orders_one_open: 'ORDER_OPEN',
  service_orders_past_day: 'ORDER_PAST_DAY',
  service_orders_value: 'ORDER_VALUE',
  regulation_versions_notice: 'REGULATIONS_NOTICE',
  regulation_versions_fixed: 'REGULATIONS_FIXED',
  documents_fixed: 'DOCUMENT_FIXED',
  accounts_ended: 'ACCOUNT_ENDED',
  day_passed: 'DAY_IN_FUTURE',
  legalizations_read_on: 'DAY_IN_FUTURE',
  legalizations_withdrawn_already: 'LEGALIZATION_WITHDRAWN',
  mark_form: 'MARK_FORM',
  mark_future: 'MARK_FUTURE',
  mark_not_of_its_time: 'MARK_NOT_OF_ITS_TIME',
  mark_too_old: 'MARK_TOO_OLD',
  legalizations_raw_mark: 'MARK_FORM',
  legalizations_mark_kind: 'MARK_FORM',
  meter_movements_case: 'METER_IN_CASE',
  meter_movements_moved_on: 'METER_MOVED_ON',
  meter_movements_status: 'METER_STATUS',
  meter_types_figures: 'METER_TYPE_DIFFERS',
  meters_radio_id: 'RADIO_NO',
  meter_cases_state_now: 'METER_CASE_CLOSED',
  meter_cases_step_day: 'METER_CASE_DAY',
  meter_cases_order_day: 'METER_CASE_DAY',
  meter_cases_annex_document: 'METER_CASE_DOCUMENT',
  exchanges_case_goes_on: 'METER_CASE_GOES_ON',
  exchange_before_installation: 'EXCHANGE_BEFORE_INSTALLATION',
  exchange_before_removal: 'EXCHANGE_BEFORE_REMOVAL',
  exchange_case: 'EXCHANGE_CASE',
  exchange_digits: 'EXCHANGE_DIGITS',
  exchange_done_by: 'EXCHANGE_DONE_BY',
  exchange_fetched: 'EXCHANGE_FETCHED',
  exchange_final_below: 'EXCHANGE_FINAL_BELOW',
  exchange_later_act: 'EXCHANGE_LATER_ACT',
  exchange_meter_elsewhere: 'EXCHANGE_METER_ELSEWHERE',
  exchange_meter_later: 'EXCHANGE_METER_LATER',
  exchange_meter_not_free: 'EXCHANGE_METER_NOT_FREE',
  exchange_not_legal: 'EXCHANGE_NOT_LEGAL',
  exchange_no_rollover: 'EXCHANGE_NO_ROLLOVER',
  exchange_old_closed: 'EXCHANGE_OLD_CLOSED',
  exchange_old_gone: 'EXCHANGE_OLD_GONE',
  exchange_opening_below: 'EXCHANGE_OPENING_BELOW',
  exchange_order: 'EXCHANGE_ORDER',
  exchange_parent: 'EXCHANGE_PARENT',
  exchange_point_has_main: 'EXCHANGE_POINT_HAS_MAIN',
  exchange_reading_after: 'EXCHANGE_READING_AFTER',
  exchange_reversed: 'EXCHANGE_REVERSED',
  exchange_same_meter: 'EXCHANGE_SAME_METER',
  exchange_seal_after: 'EXCHANGE_SEAL_AFTER',
  exchange_seal_twice: 'EXCHANGE_SEAL_TWICE',
  exchange_value: 'EXCHANGE_VALUE',
  meter_installations_loop: 'METER_PARENT_LOOP',
  exchange_future: 'DAY_IN_FUTURE',
  exchange_photo: 'FILE_TYPE_REFUSED',
  meter_cases_installed_otherwise: 'METER_CASE_INSTALLED',
  meter_cases_main_meter: 'METER_CASE_MAIN_METER',
  meter_cases_meter_stands: 'METER_CASE_METER',
  meter_cases_one_open: 'METER_CASE_OPEN',
  meter_cases_step_order: 'METER_CASE_ORDER',
  meter_cases_supplied: 'METER_CASE_SUPPLIED',
  blobs_hash: 'FILE_DAMAGED',
  blobs_kind: 'FILE_TYPE_REFUSED',
  documents_room: 'FILE_SPACE_FULL',
};

/** Turns whatever was thrown into an expected error, or null for a bug. */
export function toAppError(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (error instanceof ZodError) return fromZod(error);
  if (error instanceof BadQuestion) return new AppError('INVALID_INPUT', { field: error.field });
  const fault = databaseFault(error);
  if (!fault) return null;
  if (fault.lost) return new AppError('CONNECTION_LOST');
  const details: ErrorDetails = fault.constraint ? { constraint: fault.constraint } : {};
  const code = (fault.constraint && BY_CONSTRAINT[fault.constraint]) || (fault.sqlstate && BY_SQLSTATE[fault.sqlstate]);
  return code ? new AppError(code, details) : null;
}

function fromZod(error: ZodError): AppError {
  const issue = error.issues[0];
  const named = ERROR_CODES.find((code) => code === issue?.message);
  const field = issue?.path.join('.').slice(0, 80) ?? '';
  return new AppError(named ?? 'INVALID_INPUT', field ? { field } : {});
}

/**
 * The shape that travels. A bug becomes INTERNAL with an incident id; `report` gets the id and the kind of fault,
 * never its text.
 */
export function errorShape(error: unknown, report: (incident: string, error: unknown) => void): AppErrorShape {
  const expected = toAppError(error);
  if (expected) return { code: expected.code, details: expected.details };
  const incident = randomUUID();
  report(incident, error);
  return { code: 'INTERNAL', details: {}, incident };
}
