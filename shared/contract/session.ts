import { z } from 'zod';
import { type Action, STAFF_GROUPS } from '../permissions';
import { listName, viewState } from './lists';
import { line } from './values';

/** A server the person may sign in to, as configured at the host. No address leaves the core but its name. */
export const serverChoice = z.object({ id: z.string(), name: z.string(), embedded: z.boolean() });
export type ServerChoice = z.infer<typeof serverChoice>;

export const signInInput = z.strictObject({
  server: z.string().min(1).max(100),
  login: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^s_[a-z0-9_]{2,30}$/),
  password: z.string().min(1).max(200),
});

export const unlockInput = z.strictObject({ password: z.string().min(1).max(200) });

export const changePasswordInput = z.strictObject({
  current: z.string().min(1).max(200),
  next: z.string().min(1).max(200),
});

export const TEXT_SIZES = [100, 112, 125, 150, 175, 200] as const;

export const settings = z.strictObject({
  language: z.enum(['pl', 'en']),
  theme: z.enum(['light', 'dark', 'auto']),
  density: z.enum(['normal', 'compact']),
  /** Size of all text in percent of the usual one. */
  textSize: z.literal(TEXT_SIZES),
  /** Whether shortcuts of one letter (J, K, N …) work; off for who dictates or types by accident. */
  singleKeys: z.boolean(),
});
export type Settings = z.infer<typeof settings>;

/** A server of the installation's list: how many hosts, and where lists are read. No address leaves the core. */
export const configuredServer = z.object({
  id: z.string(),
  name: z.string(),
  embedded: z.boolean(),
  hosts: z.int(),
  readsFrom: z.enum(['primary', 'standby']),
  current: z.boolean(),
});
export type ConfiguredServer = z.infer<typeof configuredServer>;
export const configuredServers = z.object({ servers: z.array(configuredServer) });

/** Only what the person changed. */
export const saveSettingsInput = settings.partial();

const place = line(500);

/**
 * What lies on the person's desk, to be found there the next morning: open records in the order of their tabs, and how
 * each list was left (filters, order). Ids and choices only, no names; at most 64 KiB.
 */
export const workspace = z.strictObject({
  /** Whether the next sign-in opens the tabs again. */
  restore: z.boolean(),
  /** Addresses within the program, such as `/customers/12`. */
  tabs: z.array(place).max(50),
  /** By the list's name. */
  lists: z.partialRecord(listName, viewState),
});
export type Workspace = z.infer<typeof workspace>;

/** Who is signed in, what this person may do and how this person likes the screen. */
export const sessionUser = z.object({
  login: z.string(),
  displayName: z.string(),
  group: z.enum(STAFF_GROUPS),
  actions: z.array(z.custom<Action>((value) => typeof value === 'string')),
  settings,
  /** Key of this person's encrypted drafts: 32 bytes, base64. Lives in the renderer's memory only. */
  draftKey: z.string(),
  server: z.object({ name: z.string(), version: z.string(), embedded: z.boolean() }),
});
export type SessionUser = z.infer<typeof sessionUser>;

/** `newPassword`: signed in with a first or reset password, which must be changed before anything else. */
export const sessionState = z.discriminatedUnion('status', [
  z.object({ status: z.literal('signedOut'), servers: z.array(serverChoice) }),
  z.object({ status: z.literal('newPassword'), login: z.string(), displayName: z.string() }),
  z.object({ status: z.literal('locked'), login: z.string(), displayName: z.string() }),
  z.object({ status: z.literal('active'), user: sessionUser, idleSeconds: z.int() }),
]);
export type SessionState = z.infer<typeof sessionState>;

/** Shortest password accepted (OWASP ASVS 6.2.1); checked in the core, since the server sees a verifier only. */
export const PASSWORD_MIN = 15;
