import { describe, expect, test } from 'vitest';
import { importDraftKey, seal, unseal } from '../../renderer/ui/draftVault';

const newKey = () => importDraftKey(Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64'));
const draft = {
  values: { phone: '+48 600 000 000', note: 'zażółć gęślą jaźń' },
  savedAt: new Date('2026-11-22T10:00:00Z'),
};
const place = 's_anna customers.contact.12';

describe('an encrypted draft', () => {
  test('comes back as it was', async () => {
    const key = await newKey();
    expect(await unseal(key, place, await seal(key, place, draft))).toEqual(draft);
  });

  test('shows nothing of its text, and never the same bytes twice', async () => {
    const key = await newKey();
    const [one, two] = [await seal(key, place, draft), await seal(key, place, draft)];
    expect(Buffer.from(one.bytes).toString('latin1')).not.toContain('600');
    expect(Buffer.from(one.bytes).equals(Buffer.from(two.bytes))).toBe(false);
  });

  test('opens for no other key', async () => {
    const sealed = await seal(await newKey(), place, draft);
    expect(await unseal(await newKey(), place, sealed)).toBeNull();
  });

  test('opens at no other place, so that drafts of two records cannot be swapped', async () => {
    const key = await newKey();
    expect(await unseal(key, 's_anna customers.contact.13', await seal(key, place, draft))).toBeNull();
  });

  test('is refused when one bit was changed', async () => {
    const key = await newKey();
    const sealed = await seal(key, place, draft);
    const bytes = new Uint8Array(sealed.bytes);
    bytes[3] = (bytes[3] ?? 0) ^ 1;
    expect(await unseal(key, place, { iv: sealed.iv, bytes: bytes.buffer })).toBeNull();
  });

  test('its key cannot be taken out again', async () => {
    await expect(crypto.subtle.exportKey('raw', await newKey())).rejects.toThrow();
  });
});
