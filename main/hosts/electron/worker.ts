import { join } from 'node:path';
import { app, utilityProcess } from 'electron';
import type { Log } from '../../core/ports';

/**
 * `--worker`: the packaged program as the service of the office server. The worker is a program of its own beside this
 * one; it runs as a child without a window, because the fuses forbid the binary to act as plain Node. The service ends
 * with its child, and with its code.
 */
export function runWorker(log: Log): void {
  const child = utilityProcess.fork(join(import.meta.dirname, 'worker.js'), [], {
    serviceName: 'ibok-worker',
    stdio: 'inherit',
  });
  child.on('exit', (code) => {
    log.info('worker.ended', { code });
    app.exit(code);
  });
  app.on('before-quit', (event) => {
    // The child ends in order first; its end then ends us.
    if (child.pid === undefined) return;
    event.preventDefault();
    child.kill();
  });
}
