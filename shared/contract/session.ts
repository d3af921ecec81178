import { z } from 'zod';
import { type Action, STAFF_GROUPS } from '../permissions';

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

export const settings = z.strictObject({
  language: z.enum(['pl', 'en']),
  theme: z.enum(['light', 'dark', 'auto']),
  density: z.enum(['normal', 'compact']),
});
export type Settings = z.infer<typeof settings>;

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
