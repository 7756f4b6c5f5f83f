/**
 * Names the tests that passed only when they were tried again. A browser that shares two cores with other tests now and
 * then keeps one waiting too long; a test that is named here often is at fault itself.
 */
import type { Reporter, TestModule } from 'vitest/node';

export default class SecondTries implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        if (test.diagnostic()?.flaky)
          console.log(`passed only when tried again: ${module.relativeModuleId} > ${test.fullName}`);
      }
    }
  }
}
