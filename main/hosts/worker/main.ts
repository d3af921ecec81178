import { createWorker } from '../../core/core';
import { standardPorts } from '../../core/ports';
import { folderArchive } from './archive';
import { workerConnection } from './connection';
import { smtpMail } from './mail';
import { portalOf } from './portal';

/**
 * The jobs without a window and without a port. Environment: IBOK_WORKER_URL (without a password),
 * IBOK_WORKER_PASSWORD, IBOK_WORKER_CA (PEM, for a server that is not on this machine); for mail IBOK_SMTP_URL,
 * IBOK_SMTP_USER, IBOK_SMTP_PASSWORD or IBOK_SMTP_PASSWORD_FILE, IBOK_MAIL_FROM and IBOK_PORTAL_URL (where the links in
 * messages lead); IBOK_ANCHOR_FOLDER for the seals' daily anchor.
 */
async function main(): Promise<void> {
  const ports = standardPorts((line) => process.stderr.write(`${line}\n`));
  const mail = smtpMail(process.env);
  const outside = { mail, archive: folderArchive(process.env), ...portalOf(process.env) };
  const worker = createWorker({ ...ports, ...outside }, workerConnection(process.env));
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void worker.close().finally(() => {
      mail?.close();
      process.exit(0);
    });
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('disconnect', stop);
  await worker.ready;
  process.send?.({ type: 'ready' });
}

await main();
