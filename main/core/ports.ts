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

/** Hands one message for one person to the mail server; resolves once it was accepted. */
export interface Mail {
  send(message: {
    /** One address, as the database's check let it in. */
    to: string;
    subject: string;
    text: string;
    /** The part before the at sign; the same for each attempt, so that a second delivery is recognised. */
    messageId: string;
    attachment?: { name: string; text: string };
  }): Promise<void>;
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
