import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  identifierDigits,
  ksefCrc,
  ksefNumberOk,
  nipOk,
  nrbOk,
  peselOk,
  postalCodeOk,
  regonOk,
} from '../../shared/domain/identifiers';

type Case = [value: string, ok: boolean, why: string];

function table(name: string, judge: (value: string) => boolean, cases: Case[]) {
  describe(name, () => {
    it.each(cases)('%s → %s (%s)', (value, ok) => {
      expect(judge(value)).toBe(ok);
    });
  });
}

table('NIP', nipOk, [
  ['5891435089', true, "KPWiK's own"],
  ['5265877635', true, "the seller of the Ministry's KSeF example"],
  ['5891435088', false, 'wrong check digit'],
  ['5891453089', false, 'two digits swapped'],
  ['1234560020', false, 'remainder 10, which some libraries read as 0'],
  ['589-14-35-089', false, 'not the bare number'],
  ['589143508', false, 'nine digits'],
  ['58914350890', false, 'eleven digits'],
  ['589143508٩', false, 'an Arabic digit'],
  ['5891435089\n', false, 'a line end'],
  ['', false, 'empty'],
]);

// Days that do not exist carry a right check digit, so that only the day can be what refuses them.
table('PESEL', peselOk, [
  ['44051401359', true, 'born 1944-05-14, the example of many textbooks'],
  ['02070803628', true, 'born 1902-07-08'],
  ['44051401358', false, 'wrong check digit'],
  ['02270812350', true, 'born 2002-07-08: month 27'],
  ['00222912349', true, 'born 2000-02-29, a leap day'],
  ['00022912343', false, '1900-02-29: 1900 was no leap year'],
  ['99023012343', false, '30 February'],
  ['99043112342', false, '31 April'],
  ['99001012343', false, 'month 00'],
  ['99131012349', false, 'month 13'],
  ['99101012346', true, 'born 1999-10-10'],
  ['99901012340', true, 'born 1899-10-10: month 90'],
  ['10501012343', true, 'born 2110-10-10: month 50'],
  ['10701012349', true, 'born 2210-10-10: month 70'],
  ['10931012348', false, 'month 93: the 13th of the 1800s'],
  ['4405140135', false, 'ten digits'],
  ['4405140135a', false, 'a letter'],
]);

table('REGON', regonOk, [
  ['123456785', true, 'nine digits'],
  ['191254985', true, "the eight digits printed in KPWiK's regulations with the check digit they lack"],
  ['19125498', false, "as printed in KPWiK's regulations: eight digits"],
  ['123456786', false, 'wrong check digit'],
  ['123450080', true, 'remainder 10 counts as 0'],
  ['12345678512347', true, 'fourteen digits, a local unit'],
  ['12345678510050', true, 'fourteen digits, remainder 10 counts as 0'],
  ['12345678512346', false, 'wrong last digit'],
  ['12345678612347', false, 'the first nine are no REGON'],
  ['1234567851234', false, 'thirteen digits'],
]);

table('bank account', nrbOk, [
  ['61109010140000071219812874', true, "the registry's own example IBAN PL61…"],
  ['61109010140000071219812875', false, 'one digit changed'],
  ['16109010140000071219812874', false, 'check digits swapped'],
  ['6110901014000007121981287', false, '25 digits'],
  ['PL61109010140000071219812874', false, 'with the country'],
]);

table('KSeF number', ksefNumberOk, [
  ['5265877635-20250826-0100001AF629-AF', true, "the Ministry's example"],
  ['5265877635-20250826-0100001AF629-AE', false, 'wrong CRC'],
  ['5265877635-20250826-0100001AF628-AF', false, 'one digit changed'],
  ['5265877635-20250826-0100001af629-AF', false, 'lower case'],
  ['5265877635-20250826-010000-1AF629-AF', false, 'the old form of 36 characters'],
  [`5265877635-20250230-0100001AF629-${ksefCrc('5265877635-20250230-0100001AF629')}`, false, '30 February'],
]);

table('postal code', postalCodeOk, [
  ['83-300', true, 'Kartuzy'],
  ['83300', false, 'no hyphen'],
  ['83-30', false, 'too short'],
  [' 83-300', false, 'a space'],
]);

describe('a typed identifier', () => {
  it('is compared without what is written for the eye', () => {
    expect(nipOk(identifierDigits('589-14-35-089'))).toBe(true);
    expect(nrbOk(identifierDigits('61 1090 1014 0000 0712 1981 2874'))).toBe(true);
  });

  it('is refused after any single wrong digit', () => {
    const valid: [(value: string) => boolean, string][] = [
      [nipOk, '5891435089'],
      [peselOk, '44051401359'],
      [nrbOk, '61109010140000071219812874'],
    ];
    for (const [judge, number] of valid) {
      fc.assert(
        fc.property(fc.nat(number.length - 1), fc.integer({ min: 1, max: 9 }), (place, change) => {
          const digit = (Number(number[place]) + change) % 10;
          return !judge(number.slice(0, place) + digit + number.slice(place + 1));
        }),
      );
    }
  });
});
