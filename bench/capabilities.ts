/** The table of what each lane can do, from the registry; README.md holds it between its marks. */
import { capabilitiesOf, dangersOf, lanes } from '../runtimes/registry.ts';
import { dangers } from '../src/catalogue/dangers.ts';
import { capabilities } from '../src/catalogue/lane.ts';
import { renderCapabilities } from '../src/report/capabilities.ts';

/**
 * In markdown: what a lane can do, and below it what it gets right where others are wrong. Plain
 * JavaScript and machine code are left out: neither crosses from one side.
 */
export function capabilityTable(): string {
  const { plain_javascript: _, ...words } = capabilities;
  const crossing = lanes.filter(({ mechanism }) => mechanism !== 'plain' && mechanism !== 'call')
    .map((row) => {
      const { limits: __, plain_javascript: ___, ...can } = capabilitiesOf(row);
      return { lane: row.lane, can: { ...can, ...dangersOf(row) } };
    });
  return renderCapabilities(crossing, { ...words, ...dangers });
}
