import type { Command } from 'commander';

/** The credentials that a command needs. */
type Needs = 'operator' | `scope ${string}`;

export interface Described {
  /** One line, in the list of commands. */
  readonly summary: string;
  readonly needs?: Needs;
  /** Further text on the help page. */
  readonly more?: string;
  /** Pairs of a command line and what it does. */
  readonly examples: readonly (readonly [line: string, effect: string])[];
}

/** Commands about one thing, such as `tenants`. */
export const group = (program: Command, name: string, summary: string): Command =>
  program.command(name).summary(summary).description(`${summary}.`);

/** A command that prints a result. Each has `--json`. */
export function command(parent: Command, words: string, described: Described): Command {
  const { summary, needs, more, examples } = described;
  const sentences = [`${summary}.`, ...(more === undefined ? [] : [more]), ...needed(needs)];
  return parent
    .command(words)
    .summary(summary)
    .description(sentences.join(' '))
    .option('--json', 'print JSON')
    .addHelpText('after', `\nExamples:\n${examples.map(exampleLines).join('\n')}`);
}

/** A command that talks to a running service. */
export const serviceCommand = (parent: Command, words: string, described: Described): Command =>
  command(parent, words, described)
    .option('--url <address>', 'address of the service (ONESESSION_URL, http://127.0.0.1:3000)')
    .option('--admin-url <address>', 'address of its ADMIN_PORT, if it has one (ONESESSION_ADMIN_URL)');

/** A command that changes something. */
export const changeCommand = (parent: Command, words: string, described: Described): Command =>
  serviceCommand(parent, words, described).option('--reason <text>', 'why, for the audit log');

/** A command that can't be undone, and asks before it begins. */
export const finalCommand = (parent: Command, words: string, described: Described): Command =>
  changeCommand(parent, words, described).option('--yes', 'do not ask');

function needed(needs: Needs | undefined): readonly string[] {
  if (needs === undefined) return [];
  return [needs === 'operator' ? 'Needs OPERATOR_SECRET.' : `Needs a client with the ${needs}.`];
}

const exampleLines = ([line, effect]: readonly [string, string]): string =>
  `  # ${effect}\n  onesession ${line}`;
