import { type IncomingHttpHeaders, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPortalSimulator, type PortalSimulator } from '../../main/demo/portal-simulator';
import { application, plantInvoices, plantRegulations } from '../support/applications';
import { plantPeople } from '../support/people';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let portal: PortalSimulator;
let version: string;

beforeAll(async () => {
  const root = await database().asSuperuser();
  const { zuk } = await plantPeople(root);
  version = await plantRegulations(root);
  await plantInvoices(root, zuk);
  const { host, port, name } = database();
  portal = await openPortalSimulator({ host, port, database: name, password: TEST_PASSWORD });
});
afterAll(() => portal.close());

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Asks as a browser would, or with headers no browser of ours sends. */
function ask(path: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> {
  const own = body === undefined ? {} : { origin: portal.url, 'content-type': 'application/x-www-form-urlencoded' };
  return new Promise((resolve, reject) => {
    const asked = request(
      `${portal.url}${path}`,
      { method: body === undefined ? 'GET' : 'POST', headers: { ...own, ...headers } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

/** The form of an application as the page sends it. */
function form(more: Record<string, string> = {}): string {
  const { clauses, identity, ...fields } = application(version);
  const { invoiceNo, method } = identity as { method: string; invoiceNo: string };
  const sent = new URLSearchParams({ ...fields, method, invoiceNo, gross: '41,00', ...more });
  for (const clause of clauses) sent.append('clause', clause);
  return sent.toString();
}

describe('the portal’s simulator', () => {
  it('loads nothing but its own style, and no script at all', async () => {
    const { headers, text } = await ask('/wniosek');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(text).not.toMatch(/<script|\sstyle=|\son[a-z]+=/i);
    expect((await ask('/portal.css')).headers['content-type']).toContain('text/css');
  });

  it.each<[string, Record<string, string>, number]>([
    ['another host, as a rebound name would have it', { host: 'portal.example.com' }, 421],
    ['another origin', { origin: 'https://example.com' }, 403],
    ['no origin of a page', { origin: 'null' }, 403],
  ])('takes no form for %s', async (_, headers, status) => {
    expect((await ask('/wniosek', form(), headers)).status).toBe(status);
  });

  it('takes no form larger than one of its own', async () => {
    expect((await ask('/wniosek', `lastName=${'x'.repeat(100_000)}`)).status).toBe(413);
  });

  it('sends an application, and once for the same form', async () => {
    const sent = form();
    const first = await ask('/wniosek', sent);
    expect([first.status, first.text]).toEqual([200, expect.stringMatching(/W-[0-9]{6}/)]);
    expect((await ask('/wniosek', sent)).text).toBe(first.text);
  });

  it('says what is wrong, keeps what was typed, and shows it as text', async () => {
    const { status, text } = await ask(
      '/wniosek',
      form({ email: 'a@example.org,b@example.org', lastName: '<b>Żuk</b>' }),
    );
    expect(status).toBe(422);
    expect(text).toContain('To nie jest jeden adres e-mail.');
    expect(text).toContain('&#60;b&#62;Żuk');
    expect(text).not.toContain('<b>Żuk');
  });

  it('refuses a link that is none and a sign-in of nobody, each with a sentence', async () => {
    const password = 'dlugie haslo klienta';
    const activation = new URLSearchParams({ link: `https://x/#${'0'.repeat(64)}`, password, again: password });
    expect(await ask('/aktywacja', activation.toString())).toMatchObject({
      status: 422,
      text: expect.stringContaining('Nie znaleziono.'),
    });
    const signIn = new URLSearchParams({ login: 'nikt', password });
    expect(await ask('/logowanie', signIn.toString())).toMatchObject({
      status: 422,
      text: expect.stringContaining('Login lub hasło jest błędne.'),
    });
  });

  it('shows the account page to nobody who has not signed in', async () => {
    for (const cookie of ['', `ibok_portal=${'A'.repeat(43)}`]) {
      expect((await ask('/konto', undefined, { cookie })).headers.location).toBe('/logowanie');
    }
  });
});
