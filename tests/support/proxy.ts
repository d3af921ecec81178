import { connect, createServer, type Server, type Socket } from 'node:net';

/** A cable to the database that a test can damage. */
export interface Cut {
  port: number;
  /** Cuts every connection and refuses new ones. */
  sever(): Promise<void>;
  /** Lets everything through again, without delay; bytes that were held arrive now, as TCP would resend them. */
  mend(): Promise<void>;
  /**
   * Half-open: connections stand and new ones are accepted, but no byte arrives on either side, nor the news that the
   * other side has closed.
   */
  hold(): void;
  /** Every byte arrives this many milliseconds late, in both directions. */
  delay(ms: number): void;
  /** Cuts as soon as a client has sent a statement containing `word` and the server has received it. */
  severAnswersAfter(word: string): void;
  close(): Promise<void>;
}

/** Opens a TCP proxy on a free loopback port in front of `to`. */
export async function openCut(to: { host: string; port: number }): Promise<Cut> {
  const sockets = new Set<Socket>();
  let severed = false;
  let fatal: string | null = null;
  let lateMs = 0;
  let held: PromiseWithResolvers<void> | null = null;

  const destroyAll = () => {
    for (const socket of [...sockets]) socket.destroy();
  };
  const freed = async () => {
    while (held) await held.promise;
  };
  const release = () => {
    held?.resolve();
    held = null;
  };
  const sever = () => {
    severed = true;
    release();
    destroyAll();
  };

  /** Carries bytes, and the end, from one socket to the other in order; `seen` may keep bytes back. */
  const carry = (from: Socket, into: Socket, seen: (bytes: Buffer) => boolean) => {
    let last = Promise.resolve();
    const inOrder = (act: () => void) => {
      const due = Date.now() + lateMs;
      last = last.then(async () => {
        await freed();
        const wait = due - Date.now();
        if (wait > 0) await new Promise((done) => setTimeout(done, wait));
        await freed();
        act();
      });
    };
    sockets.add(from);
    from.on('error', () => undefined);
    from.on('data', (bytes) => {
      if (seen(bytes)) inOrder(() => void into.write(bytes));
    });
    from.on('end', () => inOrder(() => void into.end()));
    from.on('close', () => {
      sockets.delete(from);
      inOrder(() => void into.end(() => into.destroy()));
    });
  };

  // Half-open allowed: Node would otherwise answer a FIN by itself, held or not.
  const server: Server = createServer({ allowHalfOpen: true }, (client) => {
    if (severed) return void client.destroy();
    const upstream = connect({ ...to, allowHalfOpen: true });
    let deaf = false;
    carry(client, upstream, (bytes) => {
      // Half of the cable first: the server still gets the statement and answers into nothing.
      if (fatal !== null && bytes.toString('latin1').toLowerCase().includes(fatal)) {
        fatal = null;
        deaf = true;
      }
      return true;
    });
    carry(upstream, client, () => {
      if (deaf) sever();
      return !deaf;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    sever: async () => sever(),
    mend: async () => {
      severed = false;
      lateMs = 0;
      release();
    },
    hold: () => {
      held ??= Promise.withResolvers<void>();
    },
    delay: (ms) => {
      lateMs = ms;
    },
    severAnswersAfter: (word) => {
      fatal = word;
    },
    close: () => {
      release();
      destroyAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
