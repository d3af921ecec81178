import { z } from 'zod';

const server = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .default('main'),
  name: z.string().min(1).max(80),
  host: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/)
    .max(255),
  port: z.int().min(1).max(65535).default(5432),
  database: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,63}$/)
    .default('ibok'),
  /** The demo office's own server: exempt from the floor of server versions, and the sign-in screen says so. */
  embedded: z.boolean().default(false),
  /** PEM of the utility's own certificate authority; needed for every server that is not on this machine. */
  ca: z.string().max(100_000).optional(),
});
export type ServerConfig = z.infer<typeof server>;

export interface CoreConfig {
  servers: ServerConfig[];
  /** Seconds without a sign of the person until the session locks. */
  idleSeconds: number;
}

export const DEFAULT_IDLE_SECONDS = 600;

/** Reads the list of servers from JSON text. Throws a ZodError or SyntaxError when it is not one. */
export function readServers(json: string): ServerConfig[] {
  const servers = z.array(server).min(1).max(20).parse(JSON.parse(json));
  if (new Set(servers.map(({ id }) => id)).size !== servers.length) throw new Error('two servers share an id');
  return servers;
}

/** Whether traffic to this host stays on the machine, so that TLS adds nothing. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}
