// A mail server in a process of its own that takes everything and keeps nothing. It tells its port, and when asked
// how many messages it took, how many of them twice, and how many that had not one recipient.
import { SMTPServer } from 'smtp-server';

let taken = new Map();
let others = 0;
const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData: (stream, session, done) => {
    let head = '';
    stream.on('data', (part) => {
      if (head.length < 4_000) head += part.toString('latin1');
    });
    stream.on('end', () => {
      const id = /^Message-ID: <(.*)>\r?$/im.exec(head)?.[1] ?? '';
      taken.set(id, (taken.get(id) ?? 0) + 1);
      if (session.envelope.rcptTo.length !== 1) others += 1;
      done();
    });
  },
});
server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => process.send({ port: server.server.address().port }));
process.on('message', () => {
  const counts = [...taken.values()];
  process.send({ messages: taken.size, doubled: counts.filter((count) => count > 1).length, others });
  taken = new Map();
  others = 0;
});
process.on('disconnect', () => process.exit(0));
