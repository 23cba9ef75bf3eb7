/** The table of what each lane can do, from the registry; README.md holds it between its marks. */
import { capabilitiesOf, isPythonLane, lanes } from '../runtimes/registry.ts';
import { capabilities } from '../src/catalogue/lane.ts';
import { renderCapabilities } from '../src/report/capabilities.ts';

/**
 * In markdown. Plain JavaScript and machine code are left out: neither crosses from one side. The
 * lanes of CPython stand in docs/python.md.
 */
export function capabilityTable(): string {
  const { plain_javascript: _, extension: ____, ...words } = capabilities;
  const crossing = lanes.filter(({ mechanism }) => mechanism !== 'plain' && mechanism !== 'call')
    .filter((row) => !isPythonLane(row))
    .map((row) => {
      const { limits: __, plain_javascript: ___, extension: _____, ...can } = capabilitiesOf(row);
      return { lane: row.lane, can };
    });
  return renderCapabilities(crossing, words);
}
