import { describe, expect, it } from 'vitest';
import { cleanName, Slots } from '../../main/core/slots';

const bytes = new Uint8Array([1, 2, 3]);

describe('slots', () => {
  it('gives the bytes once, and only to the caller who put them there', () => {
    const slots = new Slots(() => 0);
    const { slot, size } = slots.put('anna', 'a.csv', bytes);
    expect(size).toBe(3);
    expect(slots.take('celina', slot)).toBeNull();
    expect(slots.take('anna', slot)?.bytes).toEqual(bytes);
    expect(slots.take('anna', slot)).toBeNull();
  });

  it('forgets bytes nobody fetched within a quarter of an hour', () => {
    let now = 0;
    const slots = new Slots(() => now);
    const { slot } = slots.put('anna', 'a.csv', bytes);
    now = 16 * 60_000;
    expect(slots.take('anna', slot)).toBeNull();
  });

  it('refuses a file over 20 MiB and a caller who hoards', () => {
    const slots = new Slots(() => 0);
    expect(() => slots.put('anna', 'big', new Uint8Array(20 * 1024 * 1024 + 1))).toThrow('FILE_TOO_LARGE');
    for (let i = 0; i < 8; i++) slots.put('anna', 'a', bytes);
    expect(() => slots.put('anna', 'a', bytes)).toThrow('SERVER_BUSY');
    expect(slots.put('celina', 'a', bytes).size).toBe(3);
  });

  it.each([
    ['../../etc/passwd', 'file_.._.._etc_passwd'],
    ['a.pdf\u0000.exe', 'a.pdf_.exe'],
    ['faktura\u202efdp.exe', 'faktura_fdp.exe'],
    ['CON', 'file_CON'],
    ['nul.txt', 'file_nul.txt'],
    ['kropka. . ', 'kropka'],
    ['', 'file_'],
    ['zażółć.csv', 'zażółć.csv'],
  ])('makes %j the name %j', (given, name) => {
    expect(cleanName(given)).toBe(name);
  });
});
