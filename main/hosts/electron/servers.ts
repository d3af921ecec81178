import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { readServers, type ServerConfig } from '../../core/config';

/**
 * The list of servers: `servers.json` beside the packaged program, where the administrator put it and a person cannot
 * change it, else the one in the person's profile. In a clone the environment (IBOK_SERVERS) goes first; packaged it
 * is not read, because whoever can set it could lead sign-in to another server. Throws when there is no valid list.
 */
export function configuredServers(): ServerConfig[] {
  const given = process.env.IBOK_SERVERS;
  if (!app.isPackaged && given) return readServers(given);
  return readServers(readFileSync(serversFile(), 'utf8'));
}

/** The file that is read, and that the person is told about when it is missing. */
export function serversFile(): string {
  const installed = join(process.resourcesPath ?? '', 'servers.json');
  return app.isPackaged && existsSync(installed) ? installed : join(app.getPath('userData'), 'servers.json');
}
