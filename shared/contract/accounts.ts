import { z } from 'zod';
import { day, id, instant, line, requestId } from './values';

export const ACCOUNT_STATUSES = ['pending', 'active', 'blocked', 'deleting', 'deleted'] as const;
export const accountStatus = z.enum(ACCOUNT_STATUSES);
export type AccountStatus = z.infer<typeof accountStatus>;

/** Why an account is blocked. `failed_sign_ins` is what the portal does by itself; a clerk may use it as well. */
export const BLOCK_REASONS = ['breach', 'security', 'wish', 'death', 'contract_end', 'failed_sign_ins'] as const;
export const blockReason = z.enum(BLOCK_REASONS);
export type BlockReason = z.infer<typeof blockReason>;

/** Whose data somebody sees: their own, those of a building they manage, or by power of attorney. */
export const ACCESS_RELATIONS = ['holder', 'manager', 'proxy'] as const;
export const accessRelation = z.enum(ACCESS_RELATIONS);
export type AccessRelation = z.infer<typeof accessRelation>;

/** The way a declaration came. */
export const DECLARATION_CHANNELS = ['web', 'paper', 'post', 'email'] as const;
export const declarationChannel = z.enum(DECLARATION_CHANNELS);
export type DeclarationChannel = z.infer<typeof declarationChannel>;

/** What a person agrees to beside the regulations. */
export const CONSENT_KINDS = ['e_invoice'] as const;
export const consentKind = z.enum(CONSENT_KINDS);

/** How the clerk made sure who asks for another e-mail address. */
export const IDENTITY_CHECKS = ['in_person', 'phone', 'letter'] as const;
export const identityCheck = z.enum(IDENTITY_CHECKS);
export type IdentityCheck = z.infer<typeof identityCheck>;

/** One row of the list. Of a deleted account neither login nor name nor address is left. */
export const accountRow = z.object({
  id,
  login: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  email: z.string().nullable(),
  status: accountStatus,
  blockReason: blockReason.nullable(),
  /** Customers it sees today: "000123 Żuk Zofia", by number. */
  customers: z.array(z.string()),
  lastSignInAt: instant.nullable(),
  /** The newest version its holder accepted. */
  regulations: z.string().nullable(),
  /** The version in force is not accepted yet. */
  mustAccept: z.boolean(),
  createdAt: instant,
  activatedAt: instant.nullable(),
});
export type AccountRow = z.infer<typeof accountRow>;
export const accountPage = z.object({ rows: z.array(accountRow), nextCursor: z.string().nullable() });

export const accountId = z.strictObject({ id });

/** A customer an account sees, from a day to a day; `null` is until somebody ends it. Both days belong to it. */
export const accountAccess = z.object({
  id,
  customerId: id,
  customerNo: z.string(),
  customerName: z.string(),
  deceased: z.boolean(),
  relation: accessRelation,
  /** The paper of whoever is not the person on the contract. */
  document: z.object({ id, title: z.string() }).nullable(),
  validFrom: day,
  validTo: day.nullable(),
  /** Whether it holds today. */
  current: z.boolean(),
});
export type AccountAccess = z.infer<typeof accountAccess>;

/** `by` is a person's name, or the login of the portal or the worker. */
export const accountBlock = z.object({
  id,
  reason: blockReason,
  note: z.string().nullable(),
  at: instant,
  by: z.string(),
  unblockedAt: instant.nullable(),
  unblockedBy: z.string().nullable(),
  unblockNote: z.string().nullable(),
});
export type AccountBlock = z.infer<typeof accountBlock>;

export const regulationState = z.object({
  versionId: id,
  label: z.string(),
  effectiveOn: day,
  /** Takes effect later; it can be accepted once it was announced. */
  inForce: z.enum(['past', 'now', 'planned']),
  acceptedAt: instant.nullable(),
  channel: declarationChannel.nullable(),
});
export type RegulationState = z.infer<typeof regulationState>;

export const accountConsent = z.object({
  id,
  kind: consentKind,
  givenAt: instant,
  givenChannel: declarationChannel,
  givenBy: z.string(),
  revokedAt: instant.nullable(),
  revokedChannel: declarationChannel.nullable(),
  revokedBy: z.string().nullable(),
});
export type AccountConsent = z.infer<typeof accountConsent>;

/** Acts on an account, as far as one could forbid them. */
export const ACCOUNT_ACTS = [
  'block',
  'unblock',
  'renewActivation',
  'changeEmail',
  'changeAccess',
  'declare',
  'delete',
] as const;
export type AccountAct = (typeof ACCOUNT_ACTS)[number];

/** Why an act cannot be done now: the person's role, the account's state, or what stands behind its block. */
export const ACT_OBSTACLES = [
  'role',
  'pending',
  'active',
  'blocked',
  'deleting',
  'deleted',
  'death',
  'contract_end',
] as const;
export type ActObstacle = (typeof ACT_OBSTACLES)[number];

/** What keeps an account from being active (invariant 4). */
export const ACTIVATION_OBSTACLES = ['regulations', 'clauses', 'identity', 'activation'] as const;

export const accountRecord = z.object({
  id,
  /** Surname and first name; empty once it is deleted. */
  displayName: z.string(),
  login: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  email: z.string().nullable(),
  /** Waits for its holder's confirmation; the link sent to it ends then. */
  newEmail: z.string().nullable(),
  emailExpiresAt: instant.nullable(),
  phone: z.string().nullable(),
  status: accountStatus,
  blockReason: blockReason.nullable(),
  createdAt: instant,
  createdBy: z.string(),
  activatedAt: instant.nullable(),
  deletedAt: instant.nullable(),
  lastSignInAt: instant.nullable(),
  missing: z.array(z.enum(ACTIVATION_OBSTACLES)),
  /** The last link to set a password: when it was sent or used, until when it holds. */
  activation: z.object({
    state: z.enum(['none', 'sent', 'expired', 'revoked', 'used']),
    at: instant.nullable(),
    expiresAt: instant.nullable(),
  }),
  failedSignIns: z.int(),
  openSessions: z.int(),
  registration: z.object({ id, channel: declarationChannel, receivedOn: day }),
  /** The deletion that is under way. */
  deletionId: id.nullable(),
  openDataChanges: z.int(),
  access: z.array(accountAccess),
  blocks: z.array(accountBlock),
  regulations: z.array(regulationState),
  consents: z.array(accountConsent),
  /** For each act why it cannot be done; null is that it can. */
  abilities: z.record(z.enum(ACCOUNT_ACTS), z.enum(ACT_OBSTACLES).nullable()),
});
export type AccountRecord = z.infer<typeof accountRecord>;

export const signInsInput = z.strictObject({
  id,
  /** The smallest sign-in already shown. */
  before: id.nullish(),
});
export const accountSignIn = z.object({
  id,
  at: instant,
  outcome: z.enum(['ok', 'wrong_password', 'refused']),
  address: z.string().nullable(),
  agent: z.string().nullable(),
});
export type AccountSignIn = z.infer<typeof accountSignIn>;
export const signInPage = z.object({ rows: z.array(accountSignIn), more: z.boolean() });

/** An account beside a customer. */
export const customerAccount = z.object({
  id,
  login: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  status: accountStatus,
  relation: accessRelation,
  validFrom: day,
  validTo: day.nullable(),
  current: z.boolean(),
  lastSignInAt: instant.nullable(),
});
export type CustomerAccount = z.infer<typeof customerAccount>;
export const customerAccounts = z.object({ accounts: z.array(customerAccount) });

const note = line(1000);

export const blockAccountInput = z.strictObject({ id, requestId, reason: blockReason, note: note.nullable() });
export const unblockAccountInput = z.strictObject({
  id,
  requestId,
  note: note.refine((text) => text.length >= 3, { message: 'INVALID_INPUT' }),
});
export const accountActInput = z.strictObject({ id, requestId });
export const changeEmailInput = z.strictObject({
  id,
  requestId,
  /** null drops the address that waits. */
  email: line(200).nullable(),
  identity: identityCheck,
});
export const addAccessInput = z.strictObject({
  id,
  requestId,
  customerId: id,
  relation: accessRelation,
  /** Demanded of all but the person on the contract: a paper of the account, of its application or of the customer. */
  documentId: id.nullable(),
  validFrom: day,
  validTo: day.nullable(),
});
export const endAccessInput = z.strictObject({ accessId: id, requestId, lastDay: day });
export const setConsentInput = z.strictObject({
  id,
  requestId,
  kind: consentKind,
  given: z.boolean(),
  channel: declarationChannel,
  on: day,
});
export const recordAcceptanceInput = z.strictObject({
  id,
  requestId,
  versionId: id,
  channel: declarationChannel,
  on: day,
});

/** The papers that may stand behind an access to a customer, and whether the account's person is on the contract. */
export const accessPapersInput = z.strictObject({ id, customerId: id });
export const accessPapers = z.object({
  documents: z.array(z.object({ id, title: z.string(), addedOn: day })),
  contractPerson: z.boolean(),
});
export type AccessPapers = z.infer<typeof accessPapers>;
