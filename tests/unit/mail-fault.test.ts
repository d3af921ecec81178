import { describe, expect, it } from 'vitest';
import { mailFault, type Progress } from '../../main/hosts/worker/mail-fault';
import { portalOf } from '../../main/hosts/worker/portal';

describe('what an error means for its message', () => {
  it.each([
    ['the recipient is refused', { responseCode: 550, command: 'RCPT TO' }, 'session', 'refused', 'SMTP_550'],
    ['the text is refused', { responseCode: 554, command: 'DATA' }, 'whole', 'refused', 'SMTP_554'],
    ['it is too large', { responseCode: 552, command: 'MAIL FROM' }, 'session', 'refused', 'SMTP_552'],
    ['the recipient has no room now', { responseCode: 452, command: 'RCPT TO' }, 'session', 'later', 'SMTP_452'],
    ['the server is busy after the text', { responseCode: 451, command: 'DATA' }, 'whole', 'later', 'SMTP_451'],
    ['the server closes', { responseCode: 421, command: 'RCPT TO' }, 'session', 'down', 'SMTP_421'],
    [
      'the sender is refused, which every message has',
      { responseCode: 553, command: 'MAIL FROM' },
      'session',
      'down',
      'SMTP_553',
    ],
    [
      'the password is wrong',
      { code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' },
      'nothing',
      'down',
      'SMTP_535',
    ],
    ['nobody listens', { code: 'ESOCKET', command: 'CONN' }, 'nothing', 'down', 'ESOCKET'],
    ['there is no TLS', { code: 'ETLS', command: 'STARTTLS' }, 'nothing', 'down', 'ETLS'],
    [
      'the connection breaks before the text',
      { code: 'ECONNECTION', command: 'CONN' },
      'session',
      'later',
      'ECONNECTION',
    ],
    [
      'the connection breaks after the text',
      { code: 'ECONNECTION', command: 'CONN' },
      'whole',
      'unsure',
      'ECONNECTION',
    ],
    ['no answer comes to the text', { code: 'ETIMEDOUT', command: 'CONN' }, 'whole', 'unsure', 'ETIMEDOUT'],
    ['it took too long', { code: 'EABORT' }, 'whole', 'unsure', 'EABORT'],
    ['the client itself refuses the address', { code: 'EENVELOPE', command: 'API' }, 'session', 'refused', 'EENVELOPE'],
    ['the error has no code', {}, 'session', 'later', 'UNKNOWN'],
    ['the code is a sentence', { code: 'no such user jan@example.org' }, 'session', 'later', 'UNKNOWN'],
  ] as const)('%s', (_, error, progress, outcome, code) => {
    expect(mailFault(Object.assign(new Error('x'), error), progress as Progress)).toMatchObject({ outcome, code });
  });
});

describe('where the links lead', () => {
  it('is the address without a slash at its end, and nothing where none is set', () => {
    expect(portalOf({ IBOK_PORTAL_URL: 'https://ibok.example.org/portal/' })).toEqual({
      portalUrl: 'https://ibok.example.org/portal',
    });
    expect(portalOf({ IBOK_PORTAL_URL: 'http://127.0.0.1:4000' })).toEqual({ portalUrl: 'http://127.0.0.1:4000' });
    expect(portalOf({})).toEqual({});
  });

  it.each([
    'http://ibok.example.org',
    'ibok.example.org',
    'https://ibok.example.org/?a=1',
    'https://ibok.example.org/#x',
  ])('is not %s', (address) => {
    expect(() => portalOf({ IBOK_PORTAL_URL: address })).toThrow('IBOK_PORTAL_URL');
  });
});
