import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one plain line that any machine can read. */
export default class Summary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    let passed = 0;
    let failed = 0;
    for (const module of modules) {
      if (module.errors().length > 0) failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        if (state === 'failed') failed += 1;
      }
    }
    setImmediate(() => process.stdout.write(`${passed} passed, ${failed} failed\n`));
  }
}
