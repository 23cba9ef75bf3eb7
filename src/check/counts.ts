// Counts tests from what the runners report in a structured way, never from an exit code alone:
// every runner exits with 0 when it found no test.
import { DOMParser } from 'linkedom';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0 };

/** The sum of two counts. */
export function addCounts(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

/**
 * The tests in a JUnit report of Deno, Bun or Node. Deno lists a suite beside its tests, as a test
 * whose name begins theirs; it counts only where it failed itself.
 */
export function countJunit(xml: string): Counts {
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  const tests = [...document.querySelectorAll('testcase')].map((element) => ({
    // Not getAttribute, which leaves &gt; as it is written.
    name: element.getAttributeNode('name')?.value ?? '',
    failed: element.querySelector('failure, error') !== null,
    skipped: element.querySelector('skipped') !== null,
  }));
  const parents = new Set(tests.flatMap(({ name }) => ancestorsOf(name)));
  const counted = tests.filter((test) => test.failed || !parents.has(test.name));
  const failed = counted.filter((test) => test.failed).length;
  const skipped = counted.filter((test) => test.skipped && !test.failed).length;
  return { passed: counted.length - failed - skipped, failed, skipped };
}

/** `a > b > c` lies in `a` and in `a > b`. */
function ancestorsOf(name: string): string[] {
  const parts = name.split(' > ');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join(' > '));
}

/** The tests in the summary of `zig build test --summary all`, such as `1/3 tests passed`. */
export function countZigSummary(output: string): Counts {
  const summary = /(\d+)\/(\d+) tests passed(?: \(([^)]*)\))?/.exec(output);
  if (summary === null) return noCounts;
  const skipped = Number(/(\d+) skipped/.exec(summary[3] ?? '')?.[1] ?? 0);
  const passed = Number(summary[1]);
  return { passed, skipped, failed: Number(summary[2]) - passed - skipped };
}
