import type { StaffMember } from '../../../shared/contract/staff';

/** What the administrator chose to do with a member; asked again before it happens. */
export interface StaffAct {
  act: 'reset' | 'end' | 'group' | 'absence' | 'details';
  member: StaffMember;
  /** One per opened dialog: a second click, or another after a lost answer, is the same act. */
  requestId: string;
}
