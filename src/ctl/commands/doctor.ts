import type { Command } from 'commander';
import type { Finding } from '../checks/check.js';
import type { ServiceOptions } from '../frame/callers.js';
import { serviceCommand } from '../frame/group.js';
import { EXIT } from '../io/exit-codes.js';
import { show } from '../io/output.js';

export function doctorCommand(program: Command): void {
  serviceCommand(program, 'doctor', {
    summary: 'Look for what is wrong with an installation, and say what to do',
    more:
      'Checks the settings of this environment, the store that they name (directly; nothing is written), the mail server ' +
      'and the running service. With OPERATOR_SECRET also its keys; with ONESESSION_CLIENT_ID, if that client has the ' +
      'scope vtex.settings_manage, also the session apps of its tenant. Run it where the service runs.',
    examples: [
      ['doctor', 'exit code 1 if something failed'],
      ['doctor --json | jq \'.findings[] | select(.state != "ok")\'', 'only what is not in order'],
    ],
  }).action(doctor);
}

async function doctor(options: ServiceOptions): Promise<void> {
  // Loaded here, so that other commands need not wait for everything that this one uses.
  const { examine } = await import('../checks/examination.js');
  const findings = await examine(options);
  const wrong = findings.filter(({ state }) => state === 'failed').length;
  show(options, { healthy: wrong === 0, findings }, () => findings.flatMap(lines));
  if (wrong > 0) process.exitCode = EXIT.failed;
}

const MARKS = { ok: 'ok      ', warning: 'WARNING ', failed: 'FAILED  ', skipped: 'skipped ' } as const;

const lines = ({ state, check, found, advice }: Finding): readonly string[] => [
  `${MARKS[state]} ${check}: ${found}`,
  ...(advice === undefined ? [] : [`          ${advice}`]),
];
