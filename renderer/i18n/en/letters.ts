import type { letters as pl } from '../pl/letters';
import type { Translated } from '../shape';

export const letters: Translated<typeof pl> = {
  label: 'Letters',
  empty: 'No letters yet',
  emptyText: 'A letter is made of this record’s data as a PDF ready to print, and stays here.',
  emptyNone: 'In this state there are no letters to be made.',
  byProgram: 'the program',
  marked: 'The letter is noted as sent.',
  kind: {
    activation: 'Letter about the new account',
    application_copy: 'Copy of the application',
    refusal: 'Refusal of the account',
    deletion_protocol: 'Record of the erased account',
    regulations_confirmation: 'Confirmation of accepted regulations',
    expertise_result: 'Result of the meter expertise',
    exchange_protocol: 'Protocol of a meter exchange',
  },
  make: {
    any: 'Make a letter',
    activation: 'Make the letter about the new account',
    application_copy: 'Make a copy of the application',
    refusal: 'Make the letter of refusal',
    deletion_protocol: 'Make the record of erasure',
    regulations_confirmation: 'Make the confirmation of acceptance',
    expertise_result: 'Make the letter with the result',
    exchange_protocol: 'Make the protocol',
  },
  column: { no: 'No.', letter: 'Letter', made: 'Made', by: 'By', state: 'State', acts: 'Acts' },
  state: { made: 'Made', printed: 'Printed', sent: 'Sent' },
  acts: {
    menu: 'Acts of letter no. {{no}}',
    open: 'Preview and print',
    save: 'Save to disk…',
    markPrinted: 'Note as printed',
    markSent: 'Note as sent',
  },
};
