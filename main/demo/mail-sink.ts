import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

const KEPT = 200;
const LARGEST_MESSAGE = 30 * 1024 * 1024;

export interface MailSink {
  port: number;
  close(): Promise<void>;
}

/**
 * A mail server for the demo office that delivers nothing: it takes every message on 127.0.0.1 and keeps the last 200
 * as files, named by time so that no address stands in a file name.
 * @param folder where the `.eml` files go; created if missing.
 */
export async function openMailSink(folder: string): Promise<MailSink> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: LARGEST_MESSAGE,
    onData: (stream, _session, done) => {
      keep(folder, stream).then(
        () => done(),
        (error: Error) => done(error),
      );
    },
  });
  // A client that hangs up in the middle of a message is its own affair.
  server.on('error', () => undefined);
  const port = await new Promise<number>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  return { port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function keep(folder: string, stream: SMTPServerDataStream): Promise<void> {
  const time = new Date().toISOString().replace(/[:.]/g, '-');
  const file = join(folder, `${time}-${randomUUID().slice(0, 8)}.eml`);
  await pipeline(stream, createWriteStream(file, { mode: 0o600 }));
  if (stream.sizeExceeded) {
    await rm(file);
    throw Object.assign(new Error('The message is larger than 30 MB.'), { responseCode: 552 });
  }
  const kept = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
  await Promise.all(kept.slice(0, -KEPT).map((name) => rm(join(folder, name), { force: true })));
}
