import { describe, expect, it } from 'vitest';
import { readAddress } from '../../main/cli/address';
import { hostsOf, readServers, stalenessOf } from '../../main/core/config';

const one = (server: object) => {
  const [read] = readServers(JSON.stringify([{ name: 'Biuro', ...server }]));
  if (!read) throw new Error('no server was read');
  return read;
};

describe('the list of servers', () => {
  it('names one host, as it always did', () => {
    expect(hostsOf(one({ host: 'db.example.org' }))).toEqual([{ host: 'db.example.org', port: 5432 }]);
    expect(hostsOf(one({ host: '10.0.0.1', port: 5433 }))).toEqual([{ host: '10.0.0.1', port: 5433 }]);
  });

  it('or several of one server', () => {
    const hosts = [{ host: 'a.example.org' }, { host: 'b.example.org', port: 5433 }];
    expect(hostsOf(one({ hosts }))).toEqual([
      { host: 'a.example.org', port: 5432 },
      { host: 'b.example.org', port: 5433 },
    ]);
  });

  it.each([
    ['neither form', {}],
    ['both forms', { host: 'a', hosts: [{ host: 'b' }] }],
    ['a port beside hosts', { port: 5432, hosts: [{ host: 'b' }] }],
    ['no host in the list', { hosts: [] }],
    ['a host that is none', { hosts: [{ host: 'a b' }] }],
    ['an unknown key', { host: 'a', standby: 'b' }],
    ['a staleness below what can be proven', { host: 'a', maxStalenessSeconds: 1 }],
  ])('is refused with %s', (_, server) => {
    expect(() => one(server)).toThrow();
  });

  it('reads from a standby only where it is asked to and there may be one', () => {
    const hosts = [{ host: 'a' }, { host: 'b' }];
    expect(stalenessOf(one({ hosts }))).toBeNull();
    expect(stalenessOf(one({ hosts, readFrom: 'standby' }))).toBe(10_000);
    expect(stalenessOf(one({ hosts, readFrom: 'standby', maxStalenessSeconds: 60 }))).toBe(60_000);
    expect(stalenessOf(one({ host: 'a', readFrom: 'standby' }))).toBeNull();
  });
});

describe('an address on the command line', () => {
  it('names one host or several, as libpq does', () => {
    expect(readAddress('postgres://postgres@127.0.0.1/ibok')).toEqual({
      hosts: [{ host: '127.0.0.1', port: 5432 }],
      database: 'ibok',
      user: 'postgres',
      ca: null,
    });
    expect(readAddress('postgresql://localhost:5433,[::1]:5434,127.0.0.3/ibok').hosts).toEqual([
      { host: 'localhost', port: 5433 },
      { host: '::1', port: 5434 },
      { host: '127.0.0.3', port: 5432 },
    ]);
    expect(readAddress('postgres://a%40b@localhost/moje%20biuro')).toMatchObject({
      user: 'a@b',
      database: 'moje biuro',
    });
  });

  it.each([
    ['postgres://u:haslo@localhost/ibok', /password/],
    ['postgres://localhost/ibok?password=haslo', /password/],
    ['postgres://127.0.0.1,db.example.org/ibok', /certificate authority/],
    ['postgres://localhost:70000/ibok', /takes an address/],
    ['postgres://localhost,/ibok', /takes an address/],
    ['postgres://localhost/', /takes an address/],
    ['postgres:///ibok', /takes an address/],
    ['mysql://localhost/ibok', /takes an address/],
    ['localhost/ibok', /takes an address/],
    ['postgres://localhost/%zz', /takes an address/],
  ])('is refused: %s', (text, saying) => {
    expect(() => readAddress(text)).toThrow(saying);
    expect(() => readAddress(text)).not.toThrow(/haslo/);
  });
});
