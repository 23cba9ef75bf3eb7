/** The command line: commands, their flags and their help. */
import { Command, CommanderError } from 'commander';
import process from 'node:process';
import { InputError } from '../results/input_error.ts';
import { WriteError } from '../results/write_error.ts';
import { exitCodes, RunError, usageError } from '../usage/errors.ts';
import { nearest } from '../usage/nearest.ts';
import { ProvisionError } from '../boot/provision_error.mjs';
import { bisectCommand } from './bisect.ts';
import { callCommand } from './call.ts';
import { compareCommand } from './compare.ts';
import { doctorCommand } from './doctor.ts';
import { exportCommand } from './export.ts';
import { listCommand } from './list.ts';
import { mergeCommand } from './merge.ts';
import { reportCommand } from './report.ts';
import { runCommand } from './run.ts';
import { screen } from './screen.ts';

const about =
  'What a call from Deno, Bun and Node into native code costs, and what converting the ' +
  'data costs, measured on the same tasks so that others can check it.';

const examples = `
Examples:
  ffi-bench run --quick                 six cases in about a minute
  ffi-bench run                         the comparison, six to ten minutes
  ffi-bench run --task string_in        one family, with its table
  ffi-bench run --runtime deno --runtime again=deno --task call.noop
                                        one binary twice: this machine's noise
  ffi-bench run --runtime old=deno@2.8.0 --runtime deno
                                        two versions, launch by launch
  ffi-bench run --article               CPython's mechanisms beside the runtimes
  ffi-bench call libm.so.6 "double cos(double)"
                                        a function of any shared library
  ffi-bench bisect deno buffer.touch[64] --from 2.0.0
                                        the release that changed a task
  ffi-bench list                        which lanes run each task
  ffi-bench report run.json             the answers of a run; --table adds costs
  ffi-bench compare old.json new.json   what became faster or slower

"ffi-bench COMMAND --help" explains a command.

Exit codes: 0 good · 1 a case failed or became slower than allowed ·
2 bad usage or input · 3 nothing to run or compare · 4 not provisioned ·
5 library refused · 130 interrupted (resume with --resume)`;

/** The commands in the order of the help. */
const commands = [
  ...[runCommand, callCommand, bisectCommand, listCommand, doctorCommand],
  ...[reportCommand, compareCommand, mergeCommand, exportCommand],
];

/** Every command with every flag, as one program. */
function program(setExit: (code: number) => void): Command {
  const root = new Command('ffi-bench');
  root.description(about).addHelpText('after', examples).exitOverride().showSuggestionAfterError();
  const help = { helpWidth: screen().width, minWidthToWrap: 20 };
  root.configureOutput({ outputError: () => {} }).configureHelp(help);
  for (const make of commands) {
    const command = make(setExit).exitOverride().showSuggestionAfterError();
    command.configureOutput({ outputError: () => {} }).configureHelp(help);
    root.addCommand(command);
  }
  return root;
}

/** Runs one command line and returns its exit code; an error is one sentence on stderr. */
export async function main(argv: readonly string[]): Promise<number> {
  outliveReaders();
  let code: number = exitCodes.good;
  const root = program((given) => code = given);
  try {
    if (argv.length === 0) {
      root.outputHelp();
      return exitCodes.usage;
    }
    refuseUnknownCommand(root, argv[0]!);
    await root.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return explain(error);
  }
}

function refuseUnknownCommand(root: Command, word: string): void {
  const names = root.commands.flatMap((command) => [command.name(), ...command.aliases()]);
  if (word.startsWith('-') || word === 'help' || names.includes(word)) return;
  const near = nearest(word, names);
  throw usageError(
    `There is no command "${word}". ` +
      (near.length > 0 ? `Nearest: ${near.join(', ')}.` : `There are: ${names.join(', ')}.`),
  );
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.good;
    say(error.message.replace(/^error: /, ''));
    return exitCodes.usage;
  }
  if (error instanceof RunError) {
    say(error.message);
    return error.exitCode;
  }
  if (error instanceof InputError) {
    say(error.message);
    return exitCodes.usage;
  }
  if (error instanceof ProvisionError) {
    say(error.message);
    return error.exitCode;
  }
  if (error instanceof WriteError) {
    say(error.message);
    return exitCodes.caseFailed;
  }
  if (isOfSystem(error)) {
    say(`The system refused something: ${error.message}.`);
    return exitCodes.caseFailed;
  }
  throw error;
}

/** An error of the operating system: its message names what was asked of which file. */
function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

/** The reader of the output may stop, as `head` does; the run still writes its document. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

function say(sentence: string): void {
  process.stderr.write(`ffi-bench: ${sentence}\n`);
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
