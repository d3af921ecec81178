import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { composeLetter } from '../../main/modules/letters/letters.render';
import { letterFacts } from '../support/letters';
import { round, type Value } from './measure';

const LETTERS = 1_000;
/** As main/pdf/threads.ts starts them. */
const THREADS = 2;

interface Drawn {
  milliseconds: number;
  most: number;
  bytes: number;
}

/** A thousand different one-page letters, drawn by the built program in a process of its own. */
export async function letters(root: string): Promise<Value[]> {
  const text = 'Wniosek o założenie konta został rozpatrzony odmownie. Po usunięciu przyczyny można złożyć nowy. ';
  const all = Array.from({ length: LETTERS }, (_, at) => {
    const body = `Szanowni Państwo,\n\nsprawa nr ${at + 1}.\n\n${text.repeat(4)}\n\n${text.repeat(5)}\n\nZ poważaniem`;
    const facts = letterFacts('refusal', { name: `Zofia Żuk-${at}`, template: { subject: `Odmowa ${at}`, body } });
    return composeLetter('refusal', facts, facts.letterhead);
  });
  const child = fork(join(root, 'tests/bench/letters-process.mjs'), [
    resolve(root, process.env.IBOK_OUT ?? 'out', 'main/pdf.js'),
    String(THREADS),
  ]);
  const failed = once(child, 'exit').then(([code]) => Promise.reject(new Error(`letters: exit ${code}`)));
  child.send(all);
  const [drawn] = (await Promise.race([once(child, 'message'), failed])) as [Drawn];
  failed.catch(() => undefined);
  const seconds = drawn.milliseconds / 1000;
  return [
    {
      what: `letters: ${LETTERS} of one page on ${THREADS} threads`,
      value: round(seconds),
      unit: 's',
      goal: LETTERS / 50,
    },
    { what: 'letters: a second', value: round(LETTERS / seconds), unit: 'letters/s' },
    { what: 'letters: most memory of the drawing process', value: round(drawn.most / 2 ** 20), unit: 'MiB', goal: 300 },
    { what: 'letters: size of one', value: round(drawn.bytes / LETTERS / 1024), unit: 'KiB' },
  ];
}
