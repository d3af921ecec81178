/**
 * Every error a person can meet, as a code. The core throws `AppError(code, details)`; the renderer owns the
 * sentences, and a code without a sentence in both catalogues does not compile (`renderer/i18n`).
 */
export const ERROR_CODES = [
  'SIGN_IN_WRONG_PASSWORD',
  'SIGN_IN_EXPIRED',
  'SIGN_IN_NOT_ALLOWED',
  'SIGN_IN_UNKNOWN_HOST',
  'SIGN_IN_NO_SERVER',
  'SIGN_IN_TIMEOUT',
  'SIGN_IN_ONLY_STANDBY',
  'SIGN_IN_NOT_TRUSTED',
  'SIGN_IN_UNSAFE_METHOD',
  'SIGN_IN_TOO_MANY_CONNECTIONS',
  'SIGN_IN_NO_DATABASE',
  'SERVER_TOO_OLD',
  'SCHEMA_TOO_OLD',
  'SCHEMA_TOO_NEW',
  'PASSWORD_TOO_SHORT',
  'PASSWORD_TOO_LONG',
  'PASSWORD_TOO_COMMON',
  'PASSWORD_UNCHANGED',
  'PASSWORD_MUST_BE_CHANGED',
  'NOT_SIGNED_IN',
  'LOCKED',
  'NOT_ALLOWED',
  'NOT_FOUND',
  'CONFLICT',
  'DUPLICATE',
  'INVALID_INPUT',
  'INVALID_TEXT',
  'INVALID_IDENTIFIER',
  'INVALID_PHONE',
  'INVALID_EMAIL',
  'INVALID_POSTAL_CODE',
  'REQUEST_ID_REUSED',
  'ALREADY_DONE',
  'SECOND_PERSON_REQUIRED',
  'LOGIN_TAKEN',
  'SUBSTITUTE_AWAY',
  'RULE_PAST',
  'RULE_PLANNED',
  'STILL_REFERENCED',
  'OVERLAP',
  'FILE_TOO_LARGE',
  'FILE_GONE',
  'FILE_NOT_READABLE',
  'FILE_EMPTY',
  'FILE_TYPE_REFUSED',
  'FILE_TWO_KINDS',
  'FILE_WRONG_EXTENSION',
  'FILE_INCOMPLETE',
  'FILE_IMAGE_TOO_LARGE',
  'FILE_DAMAGED',
  'FILE_SPACE_FULL',
  'IMPORT_WRONG_COLUMNS',
  'IMPORT_HAS_FAULTS',
  'IMPORT_CANCELLED',
  'IMPORT_TOO_MANY_ROWS',
  'SELECTION_CHANGED',
  'CHANGED_SINCE',
  'TOO_MANY_ROWS',
  'CONNECTION_LOST',
  'SERVER_BUSY',
  'REQUEST_REFUSED',
  'TOO_LARGE',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Facts a sentence may need: names of fields, counts, versions. Never personal data. */
export type ErrorDetails = Record<string, string | number>;

/** What travels to the renderer in tRPC's `error.data.app`. */
export interface AppErrorShape {
  code: ErrorCode;
  details: ErrorDetails;
  /** Stands in the log beside the cause; present on INTERNAL only. */
  incident?: string;
}
