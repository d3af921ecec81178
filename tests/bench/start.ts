import { spawn } from 'node:child_process';
import { chmod, cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openWindow } from './host';
import { round, type Value } from './measure';

const RUNS = 5;

/**
 * From the start of the built office (server, mail, worker, host) to the first page of the customer list over HTTP, in a
 * clone of its own: with an existing demo office, and with one whose server has yet to be made. Median of five.
 */
export async function startTimes(root: string): Promise<Value[]> {
  const clone = await mkdtemp(join(tmpdir(), 'ibok-bench-'));
  try {
    // Open to others, so that the server of root keeps its data here.
    await chmod(clone, 0o755);
    await cp(resolve(root, process.env.IBOK_OUT ?? 'out'), join(clone, 'out'), { recursive: true });
    await cp(join(root, 'package.json'), join(clone, 'package.json'));
    await symlink(join(root, 'node_modules'), join(clone, 'node_modules'));
    const empty: number[] = [];
    const existing: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      empty.push(await startToList(clone, ['--customers', '1', '--fresh']));
    }
    await startToList(clone, ['--customers', '10000', '--fresh']);
    for (let run = 0; run < RUNS; run++) existing.push(await startToList(clone, []));
    return [
      { what: 'start to first list, existing office', value: median(existing), unit: 's', goal: 0.6 },
      { what: 'start to first list, office with one customer to be made', value: median(empty), unit: 's', goal: 1.5 },
    ];
  } finally {
    await rm(clone, { recursive: true, force: true });
  }
}

async function startToList(clone: string, args: string[]): Promise<number> {
  // Without a display nothing opens a browser.
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const start = performance.now();
  const child = spawn(process.execPath, [join(clone, 'out/main/office.js'), '--browser', ...args], {
    cwd: clone,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const streams = new AbortController();
  try {
    const url = await saidUrl(child.stdout);
    const { api } = await openWindow(url, streams.signal);
    const logins = JSON.parse(await readFile(join(clone, 'var/office/logins.json'), 'utf8')) as Record<string, string>;
    await api.session.signIn.mutate({ server: 'main', login: 's_anna', password: logins.s_anna ?? '' });
    await api.customers.list.query({ question: { filters: {}, sort: { key: 'name', descending: false } }, limit: 50 });
    return performance.now() - start;
  } finally {
    streams.abort();
    child.kill('SIGTERM');
    await gone;
  }
}

/** The host says its address in one line. The rest is read as well: an office that nobody hears would end. */
function saidUrl(output: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    output.on('data', (chunk) => {
      text += String(chunk);
      const url = text.match(/http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+/)?.[0];
      if (url) resolve(url);
    });
    output.once('end', () => reject(new Error('the office ended before it served')));
  });
}

function median(ms: number[]): number {
  ms.sort((a, b) => a - b);
  return round((ms[Math.floor(ms.length / 2)] ?? 0) / 1000);
}
