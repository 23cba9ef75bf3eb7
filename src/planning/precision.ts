/** Whether a case has been launched often enough for the precision that was asked for. */
import { isSetAside } from '../results/keys.ts';
import type { LaunchLine } from '../results/schema.ts';
import { launchCost } from '../analysis/launch_cost.ts';
import { costEstimators } from '../stats/estimators.ts';
import { median } from '../stats/quantiles.ts';
import { medianInterval } from '../stats/order_interval.ts';

/** True when every arm's cost is known to that share of itself; false while none can tell. */
export function preciseEnough(lines: readonly LaunchLine[], share: number): boolean {
  const costs = Map.groupBy(
    lines.filter((line) => line.measured !== null && !isSetAside(line)),
    ({ arm }) => arm,
  );
  if (costs.size === 0) return false;
  return [...costs.values()].every((ofArm) => {
    const values = ofArm.map(({ measured }) => launchCost(measured!, costEstimators.free_median))
      .filter((cost) => typeof cost === 'number');
    const interval = medianInterval(values);
    if (interval === null) return false;
    return (interval.high - interval.low) / 2 <= share * median(values);
  });
}
