import {
  type AddressOptions,
  addressesOf,
  namedCredentials,
  operatorCredentials,
  tenantCredentials,
} from '../api/connection.js';
import { Service } from '../api/service.js';
import { EXIT, type ExitCode } from '../io/exit-codes.js';
import { failureOfError } from '../io/failure-of-error.js';
import { failed, type Finding, ok, skipped, warning } from './check.js';
import { checkConfiguration } from './configuration.js';
import { checkKeys } from './keys.js';
import { checkApps, checkMail } from './reach.js';
import { checkService } from './service.js';
import { checkStore } from './store.js';

/** Everything that `doctor` looks at. */
export async function examine(options: AddressOptions): Promise<readonly Finding[]> {
  return [...(await checkEnvironment()), ...(await checkRunning(options))];
}

async function checkEnvironment(): Promise<readonly Finding[]> {
  const { problems, hints, config } = await checkConfiguration(process.env);
  const doubts = hints.map(({ field, message }) =>
    warning('settings', `${field} ${message}`, 'Correct its name, or remove it'),
  );
  if (!config) {
    const advice = 'Correct these settings: docs/configuration.md has all of them';
    return [
      ...problems.map(({ field, message }) => failed('settings', `${field}: ${message}`, advice)),
      ...doubts,
    ];
  }
  const [store, mail] = await Promise.all([checkStore(config), checkMail(config)]);
  return [ok('settings', `good for ${config.NODE_ENV}`), ...doubts, ...store, mail];
}

async function checkRunning(options: AddressOptions): Promise<readonly Finding[]> {
  const findings = await checkService(addressesOf(options));
  if (findings.some(({ check, state }) => check === 'service' && state === 'failed')) return findings;
  const keys = asked('keys', process.env.OPERATOR_SECRET ? undefined : 'set OPERATOR_SECRET', async () => [
    await checkKeys(await Service.connect(options, operatorCredentials())),
  ]);
  const client = namedCredentials(process.env, 'ONESESSION');
  const apps = asked(
    'session apps',
    client ? undefined : 'set ONESESSION_CLIENT_ID and its secret',
    async () => checkApps(await Service.connect(options, tenantCredentials())),
  );
  return [...findings, ...(await keys), ...(await apps)];
}

/** @param missing the setting that the check needs and that is not set; the check is then skipped */
async function asked(
  check: string,
  missing: string | undefined,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  if (missing !== undefined) return [skipped(check, `not looked at: ${missing}`)];
  try {
    return await look();
  } catch (error) {
    const { message, exitCode } = failureOfError(error);
    return [
      failed(check, message, ADVICE[exitCode] ?? 'Look at the log of the service: it names the reason'),
    ];
  }
}

/** By exit code of a failure. */
const ADVICE: Readonly<Partial<Record<ExitCode, string>>> = {
  [EXIT.notAllowed]: 'Correct the credentials of this environment, or their scopes',
  [EXIT.unreachable]: 'Make the service ready first, and run this again',
};
