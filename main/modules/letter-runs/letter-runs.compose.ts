import { renderMail } from '../../../shared/domain/mail-template';
import type { Block, Letter, Letterhead } from '../../pdf/letter';
import { addressLines, placeAndDate } from '../letters/letters.render';

/** What all letters of a run share, as `api.letter_run_rows` gives it. */
export interface RunFacts {
  /** `IBOK/P-000012/2026` */
  reference: string;
  /** ISO day and instant. */
  today: string;
  madeAt: string;
  template: { subject: string; body: string };
  letterhead: Letterhead;
}

/** One letter of a run. */
export interface RowFacts {
  meterId: string;
  /** In the order of the round, from 1. */
  place: number;
  address: Parameters<typeof addressLines>[0];
  fields: Record<'name' | 'meter' | 'factory_no' | 'place' | 'valid_until', string>;
}

/** What stands on the paper. The reference ends with the letter's number in its run, by which an answer finds it. */
export function composeRunLetter({ reference, today, madeAt, template, letterhead }: RunFacts, row: RowFacts): Letter {
  const { subject, text } = renderMail(template, row.fields);
  return {
    letterhead,
    recipient: [row.fields.name, ...addressLines(row.address)],
    placeAndDate: placeAndDate(letterhead, today),
    reference: `${reference}/${row.place}`,
    subject,
    blocks: text
      .trim()
      .split(/\n{2,}/)
      .map((paragraph): Block => ({ is: 'text', text: paragraph })),
    madeAt,
  };
}
