import type { AccountAct, AccountRecord, AccountStatus, ActObstacle } from '../../../shared/contract/accounts';
import { may, type StaffGroup } from '../../../shared/permissions';

/** What `api.account_state` answers. */
export type AccountFacts = Pick<
  AccountRecord,
  'missing' | 'activation' | 'emailExpiresAt' | 'openSessions' | 'failedSignIns'
> & { endReason: 'death' | 'contract_end' | null };

/** In which states each act is possible at all; the database judges it again. */
const POSSIBLE: Record<AccountAct, readonly AccountStatus[]> = {
  block: ['pending', 'active'],
  unblock: ['blocked'],
  renewActivation: ['pending', 'active'],
  changeEmail: ['pending', 'active'],
  changeAccess: ['pending', 'active', 'blocked'],
  declare: ['pending', 'active', 'blocked'],
  delete: ['pending', 'active', 'blocked'],
};

/**
 * What a member of `group` may do with an account in `status` now, with the reason why not. An account whose holder is
 * dead or has no contract any more stays blocked: `end` says which.
 */
export function abilitiesOf(
  group: StaffGroup,
  status: AccountStatus,
  end: AccountFacts['endReason'],
): Record<AccountAct, ActObstacle | null> {
  const obstacle = (act: AccountAct): ActObstacle | null => {
    if (!may(group, 'accounts.block')) return 'role';
    if (!POSSIBLE[act].includes(status)) return status;
    return act === 'unblock' ? end : null;
  };
  return {
    block: obstacle('block'),
    unblock: obstacle('unblock'),
    renewActivation: obstacle('renewActivation'),
    changeEmail: obstacle('changeEmail'),
    changeAccess: obstacle('changeAccess'),
    declare: obstacle('declare'),
    delete: obstacle('delete'),
  };
}
