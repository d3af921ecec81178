import type { LetterKind } from '../../../shared/contract/letters';
import type { Letterhead } from '../../pdf/letter';
import type { ExchangeDetails } from './exchange-protocol';

interface Address {
  street: string | null;
  houseNo: string | null;
  flatNo: string | null;
  postalCode: string | null;
  city: string | null;
}

/** What an application says, beside the applicant's name. */
export interface ApplicationDetails {
  channel: string;
  email: string | null;
  phone: string | null;
  relation: string;
  customerNo: string | null;
  invoiceNo: string | null;
  /** Grosze, as text. */
  invoiceGross: string | null;
  originalPlace: string | null;
  dueTo: string;
  regulations: string | null;
  clauses: { title: string; body: string; given: boolean }[];
}

/** One part of what an account consisted of, and what became of it (ibok.erasure_plan). */
interface ErasedPart {
  part: string;
  action: 'delete' | 'clear' | 'keep';
  basis: string | null;
  count: number;
  until?: string | null;
}

export interface ProtocolDetails {
  via: string;
  identity: string;
  dueOn: string;
  plan: ErasedPart[];
  forwardedBy: string | null;
  approvedBy: string | null;
}

/** What a letter is drawn from, as `api.letter_facts` gives it: days as ISO dates, words as codes. */
export interface LetterFacts {
  kind: LetterKind;
  /** `registrations:12` */
  record: string;
  madeAt: string;
  today: string;
  reference: string;
  name: string | null;
  address: Address | null;
  template: { subject: string; body: string };
  fields: Record<string, string>;
  details: Partial<ApplicationDetails & ProtocolDetails & ExchangeDetails>;
  letterhead: Letterhead;
}
