import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_IDLE_SECONDS, readServers } from '../../core/config';
import { createCore } from '../../core/core';
import { standardPorts } from '../../core/ports';
import { loadStatic } from './files';
import { serve } from './server';

/**
 * Environment: IBOK_SERVERS (JSON list of servers), IBOK_PORT (wanted port, else a free one), IBOK_IDLE_SECONDS;
 * IBOK_CAUGHT_MAIL (folder of a demo office's mail server).
 */
async function main(): Promise<void> {
  const ports = standardPorts((line) => process.stderr.write(`${line}\n`));
  const servers = readServers(process.env.IBOK_SERVERS ?? '[]');
  const idleSeconds = Number(process.env.IBOK_IDLE_SECONDS ?? DEFAULT_IDLE_SECONDS);
  const files = await loadStatic(join(fileURLToPath(import.meta.url), '../../renderer'));
  const caughtMail = process.env.IBOK_CAUGHT_MAIL;
  const core = createCore(ports, { servers, idleSeconds, ...(caughtMail ? { caughtMail } : {}) });
  const token = randomBytes(32).toString('base64url');
  const start = (port: number) => serve(core, files, token, port, ports.log);
  const wanted = Number(process.env.IBOK_PORT ?? 0);
  // The wanted port keeps the browser's origin, and with it the drafts; when it is taken any other serves.
  const { server, port } = await start(wanted).catch(() => start(0));
  const url = `http://127.0.0.1:${port}/#token=${token}`;
  process.stdout.write(`IBOK Desk: ${url}\n`);
  process.send?.({ type: 'ready', url });

  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    server.close();
    server.closeAllConnections();
    void core.close().finally(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('disconnect', stop);
  process.on('unhandledRejection', (error) => {
    ports.log.error('unhandled-rejection', { kind: error instanceof Error ? error.name : 'unknown' });
  });
}

await main();
