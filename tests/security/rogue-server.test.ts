import { createHash } from 'node:crypto';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, it } from 'vitest';
import type { ServerConfig } from '../../main/core/config';
import { signIn } from '../../main/core/sign-in';
import { type Endpoint, openPool } from '../../main/db/connect';
import { RogueServer, type Ruse } from '../support/rogue-server';

const PASSWORD = 'Kanarek-w-kopalni-42';
const open: RogueServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function rogue(ruse: Ruse, tls?: { key: string; cert: string }) {
  const server = new RogueServer(ruse, tls);
  open.push(server);
  const port = await server.listen();
  const to = (ca: string | null, host = '127.0.0.1') => ({
    hosts: [{ host, port }],
    database: 'ibok',
    user: 's_anna',
    password: PASSWORD,
    ca,
  });
  return { server, to, heard: () => Buffer.concat(server.received) };
}

const config: ServerConfig = { id: 'x', name: 'x', host: '127.0.0.1', port: 1, database: 'ibok', embedded: false };

/** Neither the password nor what MD5 authentication would make of it. */
function expectNoPassword(heard: Buffer): void {
  const inner = createHash('md5').update(`${PASSWORD}s_anna`).digest('hex');
  const md5 = createHash('md5').update(inner).update('salt').digest('hex');
  expect(heard.includes(PASSWORD)).toBe(false);
  expect(heard.includes(md5)).toBe(false);
  expect(heard.length).toBeGreaterThan(0);
}

describe('a false server gets no byte of the password', () => {
  it.each<Ruse>(['clear', 'md5', 'welcome'])('when it tries "%s"', async (ruse) => {
    const { to, heard } = await rogue(ruse);
    await expect(signIn(config, to(null))).rejects.toMatchObject({ code: 'SIGN_IN_UNSAFE_METHOD' });
    expectNoPassword(heard());
  });

  it.each<Ruse>(['clear', 'md5', 'welcome'])('nor through the pool, when it tries "%s"', async (ruse) => {
    const { to, heard } = await rogue(ruse);
    const pool = openPool(to(null));
    await expect(pool.query('select 1')).rejects.toThrow();
    await pool.close();
    expectNoPassword(heard());
  });

  it('when it denies TLS that was asked for', async () => {
    const { ca } = await authority();
    const { to, heard } = await rogue('no-tls');
    await expect(signIn(config, to(ca.cert))).rejects.toMatchObject({ code: 'SIGN_IN_NOT_TRUSTED' });
    expectNoPassword(heard());
  });

  it('when another authority signed its certificate', async () => {
    const ours = await authority();
    const theirs = await authority();
    const { to, heard } = await rogue('tls-clear', await theirs.issue('127.0.0.1'));
    await expect(signIn(config, to(ours.ca.cert))).rejects.toMatchObject({ code: 'SIGN_IN_NOT_TRUSTED' });
    expectNoPassword(heard());
  });

  it('when its certificate is of our authority but for another name', async () => {
    const { ca, issue } = await authority();
    const { to, heard } = await rogue('tls-clear', await issue('10.9.9.9'));
    await expect(signIn(config, to(ca.cert))).rejects.toMatchObject({ code: 'SIGN_IN_NOT_TRUSTED' });
    expectNoPassword(heard());
  });

  it('when its certificate is for localhost and we asked for an address', async () => {
    const { ca, issue } = await authority();
    const { to, heard } = await rogue('tls-clear', await issue(null));
    await expect(signIn(config, to(ca.cert))).rejects.toMatchObject({ code: 'SIGN_IN_NOT_TRUSTED' });
    expectNoPassword(heard());
  });

  it('nor through a pool that follows to another host: the certificate must name that one', async () => {
    const { ca, issue } = await authority();
    for (const [name, message] of [
      ['127.0.0.1', /only SCRAM/],
      ['10.9.9.9', /does not match certificate/],
    ] as const) {
      const { to, heard } = await rogue('tls-clear', await issue(name));
      const endpoint = to(ca.cert).hosts[0] as Endpoint;
      const pool = openPool(
        { ...to(ca.cert), hosts: [{ host: '10.9.9.9', port: 1 }] },
        { endpoint: async () => endpoint },
      );
      await expect(pool.query('select 1')).rejects.toThrow(message);
      await pool.close();
      expectNoPassword(heard());
    }
  });

  it('even when its certificate is right and it asks for the clear password', async () => {
    const { ca, issue } = await authority();
    const { to, heard } = await rogue('tls-clear', await issue('127.0.0.1'));
    await expect(signIn(config, to(ca.cert))).rejects.toMatchObject({ code: 'SIGN_IN_UNSAFE_METHOD' });
    expectNoPassword(heard());
  });
});

/** A certificate authority of its own, and certificates for a loopback address signed by it. */
async function authority() {
  const made = await generate([{ name: 'commonName', value: 'Test authority' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
  });
  const ca = { key: made.private, cert: made.cert };
  const issue = async (ip: string | null) => {
    const leaf = await generate([{ name: 'commonName', value: 'postgres' }], {
      keySize: 2048,
      algorithm: 'sha256',
      ca,
      extensions: [
        { name: 'basicConstraints', cA: false },
        { name: 'subjectAltName', altNames: ip ? [{ type: 7, ip }] : [{ type: 2, value: 'localhost' }] },
      ],
    });
    return { key: leaf.private, cert: leaf.cert };
  };
  return { ca, issue };
}
