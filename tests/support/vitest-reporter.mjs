// Writes what a run found to the file named in IBOK_REPORT, for tests/run.mjs: Vitest's own JSON leaves the reasons of
// skipped tests out.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

const text = (error) => error.stack ?? error.message ?? String(error);

export default class Report {
  onTestRunEnd(modules, unhandled) {
    const report = { passed: 0, failures: [], skips: [] };
    for (const module of modules) {
      const file = relative(process.cwd(), module.moduleId);
      for (const error of module.errors()) report.failures.push({ name: file, text: text(error) });
      for (const test of module.children.allTests()) {
        const { state, errors = [], note } = test.result();
        const name = `${file} > ${test.fullName}`;
        if (state === 'passed') report.passed += 1;
        else if (state === 'skipped') report.skips.push({ name, reason: note });
        else report.failures.push({ name, text: errors.map(text).join('\n') });
      }
      for (const suite of module.children.allSuites()) {
        for (const error of suite.errors())
          report.failures.push({ name: `${file} > ${suite.fullName}`, text: text(error) });
      }
    }
    for (const error of unhandled) report.failures.push({ name: 'outside of any test', text: text(error) });
    writeFileSync(process.env.IBOK_REPORT, JSON.stringify(report));
  }
}
