import { connect, createServer, type Server, type Socket } from 'node:net';

/** A cable to the database that a test can cut. */
export interface Cut {
  port: number;
  /** Cuts every connection and refuses new ones. */
  sever(): Promise<void>;
  /** Lets through again. */
  mend(): Promise<void>;
  /** Cuts as soon as a client has sent a statement containing `word` and the server has received it. */
  severAnswersAfter(word: string): void;
  close(): Promise<void>;
}

/** Opens a TCP proxy on a free loopback port in front of `to`. */
export async function openCut(to: { host: string; port: number }): Promise<Cut> {
  const pairs = new Set<Socket>();
  let severed = false;
  let fatal: string | null = null;
  const server: Server = createServer((client) => {
    if (severed) return void client.destroy();
    const upstream = connect(to);
    pairs.add(client).add(upstream);
    const end = () => {
      client.destroy();
      upstream.destroy();
      pairs.delete(client);
      pairs.delete(upstream);
    };
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end);
    client.on('data', (bytes) => {
      const last = fatal !== null && bytes.toString('latin1').toLowerCase().includes(fatal);
      if (last) {
        fatal = null;
        // Half of the cable first: the server still gets the statement and answers into nothing.
        upstream.removeAllListeners('data');
        upstream.on('data', () => {
          severed = true;
          for (const socket of [...pairs]) socket.destroy();
        });
      }
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => client.write(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    sever: async () => {
      severed = true;
      for (const socket of [...pairs]) socket.destroy();
    },
    mend: async () => {
      severed = false;
    },
    severAnswersAfter: (word) => {
      fatal = word;
    },
    close: () => {
      for (const socket of [...pairs]) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
