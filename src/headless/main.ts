import { reasonOf } from '../num/reasonOf.ts';
import {
  amdCommand,
  descendCommand,
  landscapeCommand,
  matchCommand,
  patternCommand,
} from './crystalCommands.ts';
import { fitCommand } from './fitCommand.ts';
import { HELP } from './help.ts';
import { UsageError } from './options.ts';
import { recoverCommand } from './recoverCommand.ts';
import { mergeCommand, runStudy, summarise } from './studyCommand.ts';

type Command = (args: readonly string[]) => void | Promise<void>;

const COMMANDS: Readonly<Record<string, Command>> = {
  study: ([first, ...rest]) => {
    if (first === 'merge') return mergeCommand(rest);
    if (first === 'summary') return summarise(rest);
    return runStudy(first === undefined ? [] : [first, ...rest]);
  },
  pattern: patternCommand,
  landscape: landscapeCommand,
  descend: descendCommand,
  recover: recoverCommand,
  fit: fitCommand,
  match: matchCommand,
  amd: amdCommand,
};

const [name = '--help', ...args] = process.argv.slice(2);

async function main(): Promise<void> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command && name !== '--help' && name !== '-h') throw new UsageError(`there is no command "${name}"`);
  if (!command || args.includes('--help') || args.includes('-h')) console.log(HELP[command ? name : '']);
  else await command(args);
}

// A reader that has seen enough (head) is no failure; a full disk is one, and comes as an event.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.stderr.write(`The results cannot be written: ${reasonOf(error)}.\n`);
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

main().catch((error: unknown) => {
  const usage = error instanceof UsageError;
  process.stderr.write(`${reasonOf(error)}\n`);
  if (usage) process.stderr.write('See --help.\n');
  process.exitCode = usage ? 2 : 1;
});
