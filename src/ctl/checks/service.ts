import { z } from 'zod';
import { VERSION } from '../../shared/version.js';
import type { Addresses } from '../api/connection.js';
import { networkReason } from '../io/network-words.js';
import { failed, type Finding, ok, PATIENCE_MS, skipped, warning } from './check.js';

/** Tolerance in milliseconds: `Date` has whole seconds, and the response takes a moment to arrive. */
const CLOCK_TOLERANCE_MS = 3_000;

const ready = z.object({
  info: z.record(z.string(), z.looseObject({ driver: z.string().optional() })).nullish(),
  error: z.record(z.string(), z.looseObject({})).nullish(),
});
const described = z.object({ info: z.object({ version: z.string() }) });
const keySet = z.object({ keys: z.array(z.looseObject({ kid: z.string() })) });

/** The checks that need no credentials. */
export async function checkService({ url }: Addresses): Promise<readonly Finding[]> {
  const askedAt = Date.now();
  const live = await ask(`${url}/health/live`);
  if (live instanceof Error) {
    const advice = 'Start the service, or name its address by --url';
    return [failed('service', `nobody answers at ${url} (${networkReason(live)})`, advice)];
  }
  const checks = [checkReady(url), checkVersion(url), checkKeySet(url)];
  return [
    ok('service', `answers at ${url}`),
    checkClock(live, (askedAt + Date.now()) / 2),
    ...(await Promise.all(checks)),
  ];
}

async function checkReady(url: string): Promise<Finding> {
  const answer = await ask(`${url}/health/ready`);
  if (answer instanceof Error)
    return failed('ready', networkReason(answer), 'Look at the log of the service');
  const { info, error } = await bodyOf(answer, ready);
  if (answer.ok && info?.store) return ok('ready', `serves requests; store ${info.store.driver} answers`);
  const advice = 'Look at the log of the service: it names the reason';
  return failed('ready', `not ready: ${Object.keys(error ?? {}).join(', ') || answer.status}`, advice);
}

function checkClock({ headers }: Response, now: number): Finding {
  const there = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(there)) return skipped('clock', 'the service sends no time');
  const apart = Math.round(Math.abs(there + 500 - now) / 1000);
  if (apart * 1000 <= CLOCK_TOLERANCE_MS) return ok('clock', 'agrees with that of the service');
  return warning(
    'clock',
    `${apart} s apart from that of the service`,
    'Synchronise both machines by NTP: tokens and lifetimes go by the clock',
  );
}

async function checkVersion(url: string): Promise<Finding> {
  const answer = await ask(`${url}/openapi.json`);
  if (answer instanceof Error || !answer.ok)
    return skipped('version', 'the service does not tell its version');
  const { info } = await bodyOf(answer, described);
  if (info === undefined) return failed('version', 'this is no onesession', 'Correct the address: --url');
  const { version } = info;
  if (version === VERSION) return ok('version', `service and command line are ${version}`);
  const advice = 'Use the command line of the version that the service has';
  return warning('version', `the service is ${version}, this is ${VERSION}`, advice);
}

async function checkKeySet(url: string): Promise<Finding> {
  const answer = await ask(`${url}/.well-known/jwks.json`);
  const advice = 'Others verify tokens with these keys: look at the log of the service';
  if (answer instanceof Error) return failed('key set', networkReason(answer), advice);
  if (!answer.ok) return failed('key set', `answers ${answer.status}`, advice);
  const { keys = [] } = await bodyOf(answer, keySet);
  return keys.length > 0
    ? ok('key set', `publishes ${keys.length === 1 ? '1 key' : `${keys.length} keys`}`)
    : failed('key set', 'publishes no key', advice);
}

/** @returns an empty object if the body has another shape, such as that of another program at this address */
async function bodyOf<T extends z.ZodObject>(answer: Response, shape: T): Promise<Partial<z.infer<T>>> {
  const body: unknown = await answer.json().catch(() => undefined);
  return shape.safeParse(body).data ?? {};
}

/** @returns the error if nobody answers */
export async function ask(url: string, method = 'GET'): Promise<Response | Error> {
  try {
    return await fetch(url, { method, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
