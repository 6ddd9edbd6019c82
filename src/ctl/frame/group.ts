import type { Command } from 'commander';

export interface Described {
  /** One line, in the list of commands. */
  readonly summary: string;
  /** What a reader should know besides. */
  readonly more?: string;
  /** Each a command line and what it does. */
  readonly examples: readonly (readonly [line: string, effect: string])[];
}

/** Commands about one thing, such as `tenants`. */
export const group = (program: Command, name: string, summary: string): Command =>
  program.command(name).summary(summary).description(`${summary}.`);

/** A command that prints a result. Each has `--json`. */
export function command(parent: Command, words: string, { summary, more, examples }: Described): Command {
  return parent
    .command(words)
    .summary(summary)
    .description(`${summary}.${more === undefined ? '' : ` ${more}`}`)
    .option('--json', 'print JSON')
    .addHelpText('after', `\nExamples:\n${examples.map(exampleLines).join('\n')}`);
}

/** A command that talks to a running service. */
export const serviceCommand = (parent: Command, words: string, described: Described): Command =>
  command(parent, words, described)
    .option('--url <address>', 'address of the service (ONESESSION_URL, http://127.0.0.1:3000)')
    .option(
      '--admin-url <address>',
      'address of its ADMIN_PORT, if it has one (ONESESSION_ADMIN_URL, as --url)',
    );

const exampleLines = ([line, effect]: readonly [string, string]): string =>
  `  # ${effect}\n  onesession ${line}`;
