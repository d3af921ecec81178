import { type JobName, openEngine, Refused, type Target } from './engine';

/** What the killable process is asked; `id` comes back with the answer. */
export type Question = { id: number } & (
  | { ask: 'request'; window: string; path: string; body: string }
  | { ask: 'put'; window: string; name: string; bytes: string }
  | { ask: 'job'; name: JobName }
);
export type Reply = { id: number; value: string } | { id: number; fault: string };

/** Serves one core over the channel to the parent, until that or we are gone. */
export function serveCore(target: Target): void {
  const engine = openEngine(target);
  const answer = async (question: Question): Promise<string> => {
    if (question.ask === 'request') return engine.request(question.window, question.path, question.body);
    if (question.ask === 'put')
      return engine.put(question.window, question.name, Buffer.from(question.bytes, 'base64'));
    await engine.job(question.name);
    return '';
  };
  process.on('message', (question: Question) => {
    answer(question).then(
      (value) => process.send?.({ id: question.id, value } satisfies Reply),
      (error: unknown) => {
        const fault = error instanceof Refused ? error.code : String(error);
        process.send?.({ id: question.id, fault } satisfies Reply);
      },
    );
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ id: 0, value: 'ready' } satisfies Reply);
}
