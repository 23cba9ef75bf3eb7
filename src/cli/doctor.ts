/** `ffi-bench doctor`: the machine, the runtimes, and what makes numbers here doubtful. */
import { Command } from 'commander';
import process from 'node:process';
import { hostRuntime } from '../../runtimes/host/tool_lane.ts';
import { readTools } from '../boot/tools.mjs';
import { root } from '../boot/versions.mjs';
import { libraryIsCurrent } from '../boot/library.mjs';
import { describeMachine, machineState } from '../machine/machine.ts';
import { defaultRequests, findRuntimes } from '../machine/runtimes.ts';
import { stolenShare } from '../machine/stolen.ts';
import { openCounters, openProbe, openScale, whyNotCounted } from '../machine/tool_library.ts';
import { hypervisorName, machineDoubts } from '../report/words/machine.ts';
import { wrap } from '../report/plain_text.ts';
import { exitCodes } from '../usage/errors.ts';
import { screen } from './screen.ts';
import { findResolution } from './resolution.ts';
import { hosts } from '../../runtimes/registry.ts';

/** The command. */
export function doctorCommand(setExit: (code: number) => void): Command {
  return new Command('doctor')
    .description('Show the machine, the runtimes, and what makes numbers here doubtful.')
    .option(
      '--resolution',
      'measure which differences this machine can detect (about five minutes)',
    )
    .action(async ({ resolution }: { resolution?: boolean }) => {
      process.stdout.write(await examine());
      if (!resolution) return;
      process.stdout.write('Differences it can detect\n');
      if (await findResolution() === null) setExit(exitCodes.interrupted);
    });
}

async function examine(): Promise<string> {
  const probe = await openProbe();
  const probed = probe();
  const machine = describeMachine(
    probed,
    (await openCounters()).reason,
    await openScale(),
  );
  const state = machineState(probed);
  const found = await findRuntimes(root, defaultRequests(true));
  const host = hostRuntime();
  const says = machineDoubts(machine, state, stolenShare(probe));
  const known = (value: string | number | null) => value ?? 'unavailable';
  return [
    'Machine',
    `  processor    ${machine.cpu_model}, ${machine.cores} cores`,
    `  hypervisor   ${
      machine.hypervisor === null ? 'none seen' : hypervisorName(machine.hypervisor)
    }`,
    `  kernel       ${machine.os} ${machine.kernel}, ${machine.arch}`,
    `  governor     ${known(machine.governor)}`,
    `  clock        ${known(machine.clock_source)}, steps by ${known(machine.clock_step_ns)} ns`,
    `  load         ${known(state.load1)}`,
    `  counters     ${machine.no_counters_reason ?? 'available'}`,
    `  instructions ${await whyNotCounted() ?? 'counted by stepping'}`,
    'Runtimes',
    ...found.map((one) =>
      `  ${hosts[one.runtime].title.padEnd(12)} ${
        one.state === 'ready'
          ? `${one.version}, ${one.engine}\n               ${one.path}`
          : one.reason
      }`
    ),
    `  the tool     runs under ${hosts[host.runtime].title} ${host.version}`,
    'Library',
    `  ${readTools().library} ${libraryIsCurrent(root) ? 'is current' : 'is stale'}`,
    'What makes numbers here doubtful',
    ...(says.length > 0 ? says : ['nothing that can be seen'])
      .flatMap((line) => wrap(line, screen().width - 2)).map((line) => `  ${line}`),
    '',
  ].join('\n');
}
