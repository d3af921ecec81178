import { createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** How a false server tries to get at the password. */
export type Ruse = 'clear' | 'md5' | 'welcome' | 'no-tls' | 'tls-clear';

const SSL_REQUEST = 80877103;

/** One backend message of the PostgreSQL protocol: type, length, body. */
function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function authentication(kind: number, more = Buffer.alloc(0)): Buffer {
  const body = Buffer.alloc(4);
  body.writeInt32BE(kind);
  return message('R', Buffer.concat([body, more]));
}

const READY = Buffer.concat([authentication(0), message('Z', Buffer.from('I'))]);

/** A PostgreSQL server that is none: it asks for the password as `ruse` says and keeps every byte it is sent. */
export class RogueServer {
  readonly received: Buffer[] = [];
  private server: Server | null = null;

  constructor(
    private readonly ruse: Ruse,
    private readonly tls?: { key: string; cert: string },
  ) {}

  /** Listens on a free loopback port and resolves with it. */
  listen(): Promise<number> {
    return new Promise((resolve) => {
      this.server = createServer((socket) => this.serve(socket)).listen(0, '127.0.0.1', () => {
        const address = this.server?.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => (this.server ? this.server.close(() => resolve()) : resolve()));
  }

  private serve(socket: Socket): void {
    socket.on('error', () => undefined);
    socket.once('data', (first) => {
      this.received.push(first);
      const asksForTls = first.length === 8 && first.readInt32BE(4) === SSL_REQUEST;
      if (!asksForTls) return this.ask(socket);
      if (!this.tls) return void socket.end('N');
      socket.write('S');
      const secure = new TLSSocket(socket, { isServer: true, ...this.tls });
      secure.on('error', () => undefined);
      secure.once('data', (startup) => {
        this.received.push(startup);
        this.ask(secure);
      });
    });
  }

  private ask(socket: Socket): void {
    socket.on('data', (bytes) => this.received.push(bytes));
    if (this.ruse === 'md5') socket.write(authentication(5, Buffer.from('salt')));
    else if (this.ruse === 'welcome') socket.write(READY);
    else socket.write(authentication(3));
  }
}
