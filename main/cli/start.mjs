// `npm start`: installs what is missing, builds what is stale, starts the office. Plain JavaScript, no dependency.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, install, node, root, StepFailed } from './prepare.mjs';

const USAGE = `Usage: npm start -- [options]

  --db URL        use an existing server, e.g. postgres://db.example.org:5432/ibok?sslrootcert=ca.pem,
                  or several hosts of one: postgres://db1.example.org,db2.example.org/ibok?sslrootcert=ca.pem
                  (no password in it: it is asked for at sign-in; nothing is migrated)
  --customers N   customers of a new demo office (10000)
  --browser       serve to a browser, even where the Electron window could be opened
  --fresh         throw the demo data away first
  --help          show this`;

/** Programs of `npm run db`, `worker`, `bench` and `faults`; what stands behind the name is theirs. */
const PROGRAMS = {
  db: 'out/main/db.js',
  worker: 'out/main/worker.js',
  bench: 'tests/bench/run.mjs',
  faults: 'tests/faults/run.mjs',
};

class UsageError extends Error {}

/** @returns {{ program: string, args: string[] }} what to run, with which arguments */
function readArguments(argv) {
  if (argv[0] === '--run') {
    const program = PROGRAMS[argv[1] ?? ''];
    if (!program) throw new UsageError(`Unknown program: ${argv[1] ?? ''}`);
    return { program, args: argv.slice(2) };
  }
  const values = parseOptions(argv);
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  if (values.db !== undefined) checkDatabase(values.db);
  if (!/^[1-9]\d{0,6}$/.test(values.customers)) throw new UsageError('--customers takes a number from 1 to 9999999.');
  return { program: 'out/main/office.js', args: argv };
}

function parseOptions(args) {
  const flag = { type: 'boolean', default: false };
  try {
    return parseArgs({
      args,
      options: {
        db: { type: 'string' },
        customers: { type: 'string', default: '10000' },
        browser: flag,
        fresh: flag,
        help: flag,
      },
    }).values;
  } catch (error) {
    throw new UsageError(error.message);
  }
}

/** A password in an address ends in the shell's history and in the list of processes. */
function checkDatabase(text) {
  // Several hosts, as libpq writes them, are no URL; the program itself reads the address to the end.
  const found = /^postgres(?:ql)?:\/\/(?:(?<user>[^@/]*)@)?[^@/?#]+\/[^/?#]/.exec(text);
  if (!found) throw new UsageError('--db takes an address like postgres://db.example.org:5432/ibok.');
  if (found.groups?.user?.includes(':') || /[?&]password=/.test(text)) {
    throw new UsageError('Leave the password out of --db: it is asked for at sign-in.');
  }
}

/** Runs the program in our terminal until it ends. The channel tells it when we are gone. */
function run(program, args) {
  const child = spawn(node(), ['--disable-warning=ExperimentalWarning', join(root, program), ...args], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // Ctrl+C reaches the child by itself; it ends in order and we with it. A signal sent to us alone is passed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`Could not start ${program}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code) => process.exit(code ?? 1));
}

try {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new StepFailed(`IBOK Desk needs Node 20 or newer; this is Node ${process.versions.node}.`);
  }
  const { program, args } = readArguments(process.argv.slice(2));
  install();
  build();
  run(program, args);
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${USAGE}`);
    process.exit(2);
  }
  if (!(error instanceof StepFailed)) throw error;
  console.error(error.message);
  process.exit(1);
}
