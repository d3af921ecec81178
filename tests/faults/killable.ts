import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Question, Reply } from './core-process';
import { type Engine, Refused, type Target } from './engine';

/** An engine in a process of its own. */
export interface Killable extends Engine {
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>;
}

type Asked = Question extends infer Each ? (Each extends Question ? Omit<Each, 'id'> : never) : never;

/** Starts a process with a core on `target`; resolves when it can be asked. */
export async function startKillable(target: Target): Promise<Killable> {
  const script = fileURLToPath(new URL('./core-process.mjs', import.meta.url));
  const child = fork(script, [JSON.stringify(target)], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const waiting = new Map<number, PromiseWithResolvers<string>>();
  let last = 0;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void gone.then(() => {
    for (const { reject } of waiting.values()) reject(new TypeError('the core is gone'));
  });
  const expect = (id: number): Promise<string> => {
    const answer = Promise.withResolvers<string>();
    waiting.set(id, answer);
    return answer.promise.finally(() => waiting.delete(id));
  };
  child.on('message', (reply: Reply) => {
    const answer = waiting.get(reply.id);
    if ('value' in reply) answer?.resolve(reply.value);
    else answer?.reject(new Refused(reply.fault));
  });
  const ask = (question: Asked): Promise<string> => {
    last += 1;
    const answer = expect(last);
    if (child.connected) child.send({ id: last, ...question });
    else waiting.get(last)?.reject(new TypeError('the core is gone'));
    return answer;
  };
  const end = async () => {
    child.kill('SIGKILL');
    await gone;
  };
  await expect(0);
  return {
    request: (window, path, body) => ask({ ask: 'request', window, path, body }),
    put: (window, name, bytes) => ask({ ask: 'put', window, name, bytes: Buffer.from(bytes).toString('base64') }),
    job: async (name) => void (await ask({ ask: 'job', name })),
    close: end,
    kill: end,
  };
}
