import { describe, expect, it } from 'vitest';
import { checkFloor, checkSchema, connectFault } from '../../main/core/sign-in';
import { EXPECTED_SCHEMA } from '../../main/db/migrate';
import { UnsafeAuthentication } from '../../main/db/scram-client';
import { checkPassword } from '../../main/modules/session/session.service';

const fault = (code: string, message = '') => Object.assign(new Error(message), { code });

describe('the floor of server versions', () => {
  it.each([150019, 160015, 170011, 180006, 140025, 90624])('refuses %i', (version) => {
    expect(() => checkFloor(version, 'x')).toThrow('SERVER_TOO_OLD');
  });
  it.each([150020, 160016, 170012, 180007, 180104, 190000])('accepts %i', (version) => {
    expect(() => checkFloor(version, 'x')).not.toThrow();
  });
});

describe('the schema check', () => {
  it('tells an older schema from a newer one', () => {
    expect(() => checkSchema(EXPECTED_SCHEMA - 1)).toThrow('SCHEMA_TOO_OLD');
    expect(() => checkSchema(EXPECTED_SCHEMA + 1)).toThrow('SCHEMA_TOO_NEW');
    expect(() => checkSchema(EXPECTED_SCHEMA)).not.toThrow();
  });
});

describe('a failed connection', () => {
  it.each([
    [fault('28P01'), 'SIGN_IN_WRONG_PASSWORD'],
    [fault('28000'), 'SIGN_IN_NOT_ALLOWED'],
    [fault('3D000'), 'SIGN_IN_NO_DATABASE'],
    [fault('53300'), 'SIGN_IN_TOO_MANY_CONNECTIONS'],
    [fault('ENOTFOUND'), 'SIGN_IN_UNKNOWN_HOST'],
    [fault('ECONNREFUSED'), 'SIGN_IN_NO_SERVER'],
    [fault('SELF_SIGNED_CERT_IN_CHAIN'), 'SIGN_IN_NOT_TRUSTED'],
    [fault('ERR_TLS_CERT_ALTNAME_INVALID'), 'SIGN_IN_NOT_TRUSTED'],
    [new Error('The server does not support SSL connections'), 'SIGN_IN_NOT_TRUSTED'],
    [new Error('timeout expired'), 'SIGN_IN_TIMEOUT'],
    [new UnsafeAuthentication(), 'SIGN_IN_UNSAFE_METHOD'],
    [new Error('anything else'), 'SIGN_IN_NO_SERVER'],
  ])('%o has its own code %s', (error, code) => {
    expect(connectFault(error)).toBe(code);
  });
});

describe('a new password', () => {
  const check = (next: string) => () => checkPassword('s_halina', 'Stare-haslo-biura-7', next);
  it.each([
    ['krotkie', 'PASSWORD_TOO_SHORT'],
    ['x'.repeat(129), 'PASSWORD_TOO_LONG'],
    ['Stare-haslo-biura-7', 'PASSWORD_UNCHANGED'],
    ['aaaaaaaaaaaaaaaaaa', 'PASSWORD_TOO_COMMON'],
    ['kotkotkotkotkotkot', 'PASSWORD_TOO_COMMON'],
    ['123456789012345678', 'PASSWORD_TOO_COMMON'],
    ['qwertyuiopasdfghjkl', 'PASSWORD_TOO_COMMON'],
    ['mam-na-imie-Halina-!', 'PASSWORD_TOO_COMMON'],
  ])('%j is refused with %s', (next, code) => {
    expect(check(next)).toThrow(code);
  });
  it('may hold spaces, Polish letters and be long', () => {
    expect(check('żółta łódka na jeziorze')).not.toThrow();
    expect(check('poprawny koń bateria zszywka '.repeat(4).slice(0, 128))).not.toThrow();
  });
});
