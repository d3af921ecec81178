import type { Job } from '../../core/jobs';

/**
 * Blocks accounts whose holder died or has no contract any more, and opens their deletion (that of blocked ones too); five
 * minutes after the office learned of it. Throws when one could not be blocked, once the others are done.
 */
export const blockEndedAccounts: Job = {
  name: 'block-accounts',
  everySeconds: 300,
  run: async (db) => {
    const [row] = await db.rows<{ done: { failed: number } }>('select jobs.block_ended_accounts() as done');
    if (row && row.done.failed > 0) throw new AccountsNotBlocked();
  },
};

/** Its name is what the health page shows. */
class AccountsNotBlocked extends Error {
  override name = 'AccountsNotBlocked';
}

/** Forgets links to activation and to new addresses that nobody used, a month after their end. */
export const purgeAccountTokens: Job = {
  name: 'purge-account-tokens',
  everySeconds: 86_400,
  run: async (db) => {
    await db.rows('select jobs.purge_account_tokens()');
  },
};
