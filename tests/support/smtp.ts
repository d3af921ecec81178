import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** A message the server took, with the addresses of its envelope. */
export interface TakenMail {
  to: string[];
  raw: string;
  /** Between the angle brackets. */
  messageId: string;
}

/** What becomes of a message after its final dot: a number is the code it is answered with. */
export type End = 'take' | 'silence' | 'drop' | 'takeAndDrop' | number;

/** What the server does instead of taking a message, decided by its one recipient. */
export interface SmtpBehaviour {
  /** A client has connected; it is greeted never, when this is there. */
  beforeSession?(): void;
  /** Answers RCPT TO with this code, or drops the connection. */
  refuse?(to: string): number | 'drop' | undefined;
  /** Waits here before answering RCPT TO. */
  beforeRecipient?(to: string): Promise<void>;
  /** After the final dot: takes the message, keeps silent, drops the connection, or answers with a code. */
  atEnd?(to: string): End | Promise<End>;
}

export interface SmtpSink {
  port: number;
  taken: TakenMail[];
  /** May be changed while the server runs. */
  behave: SmtpBehaviour;
  close(): Promise<void>;
}

const refusal = (code: number) => Object.assign(new Error('No.'), { responseCode: code });

/** A mail server on 127.0.0.1 that keeps what it takes in memory. */
export async function openSmtpSink(behave: SmtpBehaviour = {}, port = 0): Promise<SmtpSink> {
  const taken: TakenMail[] = [];
  const sink = { behave };
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    closeTimeout: 200,
    onConnect: (_session, done) => {
      if (sink.behave.beforeSession) sink.behave.beforeSession();
      else done();
    },
    onRcptTo: ({ address }, session, done) => {
      const go = async () => {
        await sink.behave.beforeRecipient?.(address);
        const code = sink.behave.refuse?.(address);
        if (code === 'drop') return drop(server, session);
        done(code ? refusal(code) : null);
      };
      void go();
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const raw = Buffer.concat(parts).toString('utf8');
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const keep = () => taken.push({ to, raw, messageId: /^Message-ID: <(.*)>\r?$/im.exec(raw)?.[1] ?? '' });
        const go = async () => {
          const act = (await sink.behave.atEnd?.(to[0] ?? '')) ?? 'take';
          if (act === 'silence') return;
          if (act === 'take' || act === 'takeAndDrop') keep();
          if (act === 'drop' || act === 'takeAndDrop') return drop(server, session);
          done(typeof act === 'number' ? refusal(act) : null);
        };
        void go();
      });
    },
  });
  server.on('error', () => undefined);
  const listening = await new Promise<number>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  return Object.assign(sink, {
    port: listening,
    taken,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}

/** Ends the connection of a session without a word. */
function drop(server: SMTPServer, { id }: SMTPServerSession): void {
  for (const connection of server.connections as Iterable<{ id: string; _socket: { destroy(): void } }>) {
    if (connection.id === id) connection._socket.destroy();
  }
}
