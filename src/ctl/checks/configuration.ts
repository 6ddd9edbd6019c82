import { refusePublishedSecrets } from '../../bootstrap/published-secrets.js';
import { readBootstrap } from '../../bootstrap/read-bootstrap.js';
import {
  type Config,
  readConfig,
  settingHints,
  settingProblems,
  WrongConfiguration,
} from '../../config/config.schema.js';
import type { Problem } from '../../shared/domain-error.js';

export interface CheckedConfiguration {
  readonly problems: readonly Problem[];
  /** Variables that do not prevent a start but are probably mistakes. */
  readonly hints: readonly Problem[];
  /** Absent if there are problems. */
  readonly config?: Config;
}

/** Everything that would keep the service from starting in this environment, at once. */
export async function checkConfiguration(env: NodeJS.ProcessEnv): Promise<CheckedConfiguration> {
  const hints = settingHints(env);
  const wrong = settingProblems(env);
  if (wrong.length > 0) return { problems: [...wrong, ...(await bootstrapProblems(env))], hints };
  const config = readConfig(env);
  const problems = await problemsOf(async () => {
    refusePublishedSecrets(config, await readBootstrap(config));
  });
  problems.push(...(await addressProblems(config)));
  return { problems, hints, ...(problems.length === 0 && { config }) };
}

async function addressProblems({ MONGODB_URI: uri }: Config): Promise<Problem[]> {
  if (uri === undefined) return [];
  // Loaded only for MongoDB, because the driver takes a while to load.
  const { expectAddress } = await import('../../storage/mongo/link/mongo-address.js');
  return problemsOf(async () => expectAddress(uri));
}

/**
 * Checks a named bootstrap file even if other settings are wrong. The default file comes with the service and needs no
 * check.
 */
async function bootstrapProblems({
  NODE_ENV,
  BOOTSTRAP_FILE,
}: NodeJS.ProcessEnv): Promise<readonly Problem[]> {
  if (!BOOTSTRAP_FILE?.trim()) return [];
  const mode = NODE_ENV === 'production' ? NODE_ENV : 'development';
  return problemsOf(async () => void (await readBootstrap({ BOOTSTRAP_FILE, NODE_ENV: mode })));
}

async function problemsOf(check: () => Promise<void>): Promise<Problem[]> {
  try {
    await check();
    return [];
  } catch (error) {
    if (!(error instanceof WrongConfiguration)) throw error;
    return [{ field: fieldIn(error.message), message: error.message }];
  }
}

/** A message begins with the setting that it is about, if there is one. */
const fieldIn = (message: string): string => /^[A-Z][A-Z_]+(?= )/.exec(message)?.[0] ?? 'secrets';
