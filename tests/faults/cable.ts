import { connect, createServer, type Socket } from 'node:net';

/**
 * Where in an act a fault strikes: at the n-th message of the client (from 1 on), before the server gets it, when it
 * has half of its bytes, or when the server has answered and the answer is on its way.
 */
export interface Point {
  message: number;
  moment: 'before' | 'within' | 'after';
}

/** The one connection on which the message was sent. */
export interface Link {
  /** Ends it for both sides; what is under way is lost. */
  cut(): void;
  /** The port by which the server knows it (`client_port` of pg_stat_activity). */
  port: number;
}

/** Does the damage; the message waits until it is done. */
export type Strike = (link: Link) => void | Promise<void>;

/** A cable to the database that fails once, at a named point. */
export interface Cable {
  readonly port: number;
  /** Counts messages anew and lets `strike` happen at `point`. */
  arm(point: Point, strike: Strike): void;
  /** Ends the waiting for the point, once the strike is done. Tells whether it was reached, and how many messages came. */
  disarm(): Promise<{ struck: boolean; messages: number }>;
  close(): Promise<void>;
}

/** Opens the cable on a free port of this machine in front of the server at `port`. */
export async function openCable(to: { host: string; port: number }): Promise<Cable> {
  const sockets = new Set<Socket>();
  let messages = 0;
  let armed: { point: Point; strike: Strike } | null = null;
  let struck: Promise<void> | null = null;

  const server = createServer((client) => {
    const upstream = connect(to);
    const end = () => {
      for (const socket of [client, upstream]) {
        sockets.delete(socket);
        socket.destroy();
      }
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', end).on('close', end);
    }
    const link = (): Link => ({ cut: end, port: upstream.localPort ?? 0 });
    let answer: (() => Promise<void>) | null = null;

    async function pass(bytes: Buffer): Promise<void> {
      messages += 1;
      const due = armed && armed.point.message === messages && !struck ? armed : null;
      if (!due) return void upstream.write(bytes);
      const { point, strike } = due;
      const done = Promise.withResolvers<void>();
      struck = done.promise;
      const act = async () => {
        await strike(link());
        done.resolve();
      };
      if (point.moment === 'after') {
        answer = act;
        return void upstream.write(bytes);
      }
      if (point.moment === 'within') upstream.write(bytes.subarray(0, bytes.length >> 1));
      client.pause();
      await act();
      // A fault that is not of the cable: the rest goes its way, to whoever is still there.
      if (!upstream.destroyed) upstream.write(point.moment === 'within' ? bytes.subarray(bytes.length >> 1) : bytes);
      client.resume();
    }

    client.on('data', (bytes) => void pass(bytes));
    /** The answer is on its way: it is swallowed, the fault strikes, and the connection ends. */
    function strikeNow(): void {
      const act = answer;
      answer = null;
      upstream.removeAllListeners('data').resume();
      void act?.().finally(end);
    }
    upstream.on('data', (bytes) => {
      if (answer) strikeNow();
      else client.write(bytes);
    });
    // Goodbye has no answer but this.
    upstream.on('close', () => {
      if (answer) strikeNow();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  return {
    port: address.port,
    arm: (point, strike) => {
      messages = 0;
      struck = null;
      armed = { point, strike };
    },
    disarm: async () => {
      armed = null;
      await struck;
      return { struck: struck !== null, messages };
    },
    close: () => {
      for (const socket of [...sockets]) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
