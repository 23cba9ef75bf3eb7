/** The table of what each lane can do, from the registry; docs/lanes.md holds it. */
import { capabilitiesOf, dangersOf, isPythonLane, lanes } from '../runtimes/lanes.ts';
import { dangers } from '../src/catalogue/dangers.ts';
import { capabilities } from '../src/catalogue/lane.ts';
import { renderCapabilities } from '../src/report/capabilities.ts';

/**
 * In markdown: what a lane can do, and below it what it gets right where others are wrong. Plain
 * JavaScript and machine code are left out: neither crosses from one side. What the lanes of
 * CPython can do stands in docs/python.md.
 */
export function capabilityTable(): string {
  const { plain_javascript: _, extension: __, ...words } = capabilities;
  const crossing = lanes.filter(({ mechanism }) => mechanism !== 'plain' && mechanism !== 'call')
    .filter((row) => !isPythonLane(row))
    .map((row) => {
      const { limits: ___, plain_javascript: ____, extension: _____, ...can } = capabilitiesOf(row);
      return { lane: row.lane, can: { ...can, ...dangersOf(row) } };
    });
  return renderCapabilities(crossing, { ...words, ...dangers });
}
