/** Facts of a log line: numbers, codes and ids. Never names, addresses, search text or statements. */
export type LogFacts = Record<string, string | number | boolean>;

export interface Log {
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  error(event: string, facts?: LogFacts): void;
}

export interface Clock {
  now(): Date;
}

/** One message for one person. */
export interface MailMessage {
  /** One address, as the database's check let it in. */
  to: string;
  /** Shown as the sender's name; the program's name if not said. */
  fromName?: string;
  subject: string;
  text: string;
  html?: string;
  /** The part before the at sign; the same for each attempt, so that a second delivery is recognised. */
  messageId: string;
  attachment?: { name: string; content: string | Uint8Array; mime?: string };
}

/**
 * What became of a message that was not accepted: refused for good, to be tried again later, not even begun because the
 * server is down, or handed over whole without an answer, so that nobody knows (RFC 1047).
 */
export type MailOutcome = 'refused' | 'later' | 'down' | 'unsure';

/** A message that was not accepted. `code` is the server's number (`SMTP_550`) or the kind of fault, never its words. */
export class MailFault extends Error {
  override readonly name = 'MailFault';
  constructor(
    readonly outcome: MailOutcome,
    readonly code: string,
  ) {
    super(code);
  }
}

/** The mail server. */
export interface Mail {
  /** Hands one message over, in one attempt; resolves once it was accepted. Throws MailFault. */
  send(message: MailMessage): Promise<void>;
  /** Resolves when the server would take messages now. Throws MailFault. */
  check(): Promise<void>;
  /** Ends the connections; what is being handed over fails. */
  close(): void;
}

/** Keeps small files outside the database. */
export interface Archive {
  /** Whole or not at all; the same name replaces. */
  store(name: string, text: string): Promise<void>;
}

/** What the core needs from its host. */
export interface Ports {
  clock: Clock;
  log: Log;
}

/** What the worker needs beside; null where the installation has none, and the health page says so. */
export interface WorkerPorts extends Ports {
  mail: Mail | null;
  archive: Archive | null;
  /** Address of the customers' portal, without a slash at its end; messages with a link wait until there is one. */
  portalUrl?: string;
}

/** Ports of a host that writes its log as JSON lines to `write`. */
export function standardPorts(write: (line: string) => void): Ports {
  const line =
    (level: string) =>
    (event: string, facts: LogFacts = {}) =>
      write(JSON.stringify({ at: new Date().toISOString(), level, event, ...facts }));
  return {
    clock: { now: () => new Date() },
    log: { info: line('info'), warn: line('warn'), error: line('error') },
  };
}
