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

/** What the core needs from its host. */
export interface Ports {
  clock: Clock;
  log: Log;
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
