import type { Command } from 'commander';
import { createProgram } from '../../src/ctl/program.js';

const WIDTH = 110;

const HEAD = `# The command line

<!-- Generated from the program's own help: npm run docs:command-line -->

\`onesession\` administers a running service by its admin API. In this folder, after \`npm ci && npm run build\`:

\`\`\`sh
npx onesession --help
npm run --silent ctl -- --help     # the same; builds it first
node dist/ctl/main.js --help       # the same, in the container
\`\`\`

\`\`\`sh
export ONESESSION_URL=https://sessions.example.com
export ONESESSION_CLIENT_ID=acme-support ONESESSION_CLIENT_SECRET=…
npx onesession sessions find --email anna@acme.test
\`\`\`

- **Secrets** are read from the environment and never from the words of a command, which others on the machine can see. The
  tenant is that of the client.
- **\`--json\`** prints what the admin API answers, as [openapi.json](../openapi/openapi.json) describes it; lists are
  \`{"items": […], "next": …}\`. A failure is one line of JSON on standard error:
  \`{"error": {"exitCode": 5, "message": "…", "status": 404}}\`. Standard output has nothing then.
- **What can't be undone asks first.** \`--yes\` goes on without a question; where nobody can answer, it is needed.
- **\`--reason\`** says why, for the audit log.
- **What it reads directly.** \`check-config\` and \`doctor\` read the environment and the files that it names. \`doctor\` also
  connects to the store and the mail server that it names, and writes nothing. \`backup\` and \`restore\` open the folder of
  the embedded store. \`export\` and \`import\` open the store in place of the service. All other commands only speak HTTP.

| exit code | meaning |
| --- | --- |
| 0 | done |
| 1 | the service refused it, or something failed |
| 2 | wrong usage: an unknown command or option, a wrong value, a variable that is missing, settings that are wrong |
| 3 | nobody answers at the address, or the service can't serve now |
| 4 | not allowed: a wrong secret, or a client without the scope |
| 5 | not found |
| 6 | not confirmed: nothing was changed |

**Completion** in the shell, where \`onesession\` is in the \`PATH\` (\`npm link\` puts it there): \`source <(onesession completion
bash)\`, or \`zsh\`, \`fish\` and \`powershell\` in place of \`bash\`. Bash needs the package \`bash-completion\`.
`;

/** docs/command-line.md */
export function commandLinePage(): string {
  const program = createProgram();
  return `${[HEAD, ...sections(program, program.name())].join('\n')}`;
}

const sections = (parent: Command, path: string): readonly string[] =>
  parent
    .createHelp()
    .visibleCommands(parent)
    .flatMap((one) => {
      if (one.name() === 'help') return [];
      const name = `${path} ${one.name()}`;
      if (one.commands.length > 0) {
        return [`## ${name}\n\n${one.description()}\n`, ...sections(one, name)];
      }
      const heading = parent.parent === null ? '##' : '###';
      return [`${heading} ${name}\n\n\`\`\`text\n${helpOf(one).trimEnd()}\n\`\`\`\n`];
    });

function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text), getOutHelpWidth: () => WIDTH });
  command.outputHelp();
  return help;
}
