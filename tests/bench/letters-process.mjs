// Draws letters with the built program's thread, in as many threads as its pool has, and reports the most memory this
// process held. Arguments: the thread's file, how many threads. Letters come and answers go over the process's channel.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const [, , file, threads] = process.argv;
// As main/pdf/threads.ts starts them.
const resourceLimits = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 8 };
const workers = Array.from({ length: Number(threads) }, () => new Worker(file, { resourceLimits }));
const [letters] = await once(process, 'message');

async function draw(worker, at) {
  worker.postMessage({ id: at, paper: { is: 'letter', letter: letters[at] } });
  const [answer] = await once(worker, 'message');
  if (!('bytes' in answer)) throw new Error(`letter ${at} was not drawn`);
  return answer.bytes.length;
}

let most = 0;
const clock = setInterval(() => {
  most = Math.max(most, process.memoryUsage().rss);
}, 20);
// The first letter of a thread reads the typeface: it belongs to the time as well.
const begun = performance.now();
let next = 0;
let bytes = 0;
await Promise.all(
  workers.map(async (worker) => {
    while (next < letters.length) {
      next += 1;
      const size = await draw(worker, next - 1);
      bytes += size;
    }
  }),
);
clearInterval(clock);
process.send({ milliseconds: performance.now() - begun, most, bytes });
await Promise.all(workers.map((worker) => worker.terminate()));
process.disconnect();
