import type { LetterRunRow } from '../../../shared/contract/letter-runs';
import { serverList } from '../../app/lists/serverList';
import { client, trpc } from '../../app/trpc';

/** The list of runs of letters. */
export const LETTER_RUNS = serverList<LetterRunRow>('letterruns', trpc.letterRuns, client.letterRuns);
