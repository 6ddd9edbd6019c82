import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import CircuitBreaker from 'opossum';
import { Config } from '../../../config/config.schema.js';
import type { SessionApp } from '../../../vtex-settings/index.js';
import type { App, AppContext, Outputs, Values } from '../../values/app.types.js';
import { AppCallSigner } from './app-call-signer.js';
import { AppFailures } from './app-failures.js';
import { AppHttp } from './app-http.js';
import { appCallBody, readAppAnswer } from './app-wire.rules.js';
import { AppFailure } from './remote-app.errors.js';

/** Number of calls before the failure rate counts. If it is too high, the app rests; then one call tests it again. */
const FAILURES = 5;
const MOST_AT_ONCE = 32;
/** Number of apps whose state is kept. An app whose state was dropped starts over. */
const MOST_BREAKERS = 1000;

type Breaker = CircuitBreaker<[inputs: Values, about: AppContext], Outputs>;

/** The apps that tenants have installed, in the form that the engine calls. */
@Injectable()
export class RemoteApps implements OnApplicationShutdown {
  private readonly log = new Logger(RemoteApps.name);
  private readonly breakers = new LRUCache<string, Breaker>({
    max: MOST_BREAKERS,
    dispose: (breaker) => breaker.shutdown(),
  });

  constructor(
    private readonly http: AppHttp,
    private readonly signer: AppCallSigner,
    private readonly failures: AppFailures,
    private readonly config: Config,
  ) {}

  appOf(installed: SessionApp): App {
    const { name, input, output, runOnCreate, order } = installed;
    return {
      name,
      inputs: input,
      outputs: output,
      runOnCreate,
      order,
      builtIn: false,
      run: (inputs, about) => this.guarded(installed, inputs, about),
    };
  }

  onApplicationShutdown(): void {
    this.breakers.clear();
  }

  /** @throws AppFailure */
  private async guarded(app: SessionApp, inputs: Values, about: AppContext): Promise<Outputs> {
    try {
      return await this.breakerOf(app, about.tenant).fire(inputs, about);
    } catch (error) {
      const failure = toFailure(error);
      this.failures.count(app.name, failure.kind);
      if (failure.kind !== 'resting') {
        this.log.warn({ tenant: about.tenant, app: app.name, kind: failure.kind }, 'session app failed');
      }
      throw failure;
    }
  }

  /** A changed app has another version, so it starts over. */
  private breakerOf(app: SessionApp, tenant: string): Breaker {
    const key = `${tenant}/${app.name}/${app.version}`;
    const known = this.breakers.get(key);
    if (known) return known;
    const breaker = new CircuitBreaker((inputs: Values, about: AppContext) => this.call(app, inputs, about), {
      timeout: false,
      volumeThreshold: FAILURES,
      errorThresholdPercentage: 50,
      resetTimeout: this.config.SESSION_APP_REST_SECONDS * 1000,
      capacity: MOST_AT_ONCE,
      // Too many calls at once are not a failure of the app.
      errorFilter: (error) => codeOf(error) === 'ESEMLOCKED',
    });
    this.breakers.set(key, breaker);
    return breaker;
  }

  private async call(
    app: SessionApp,
    inputs: Values,
    { tenant, session, signal }: AppContext,
  ): Promise<Outputs> {
    const body = appCallBody(inputs);
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      'accept-encoding': 'identity',
      ...(await this.signer.headersOf({ url: app.url, body, tenant, version: session.revision })),
    };
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(this.config.SESSION_APP_MILLISECONDS)]);
    const answer = readAppAnswer(await this.http.post(app.url, headers, body, inTime), app.output);
    if (!answer) throw new AppFailure('unreadable');
    return answer;
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

function toFailure(error: unknown): AppFailure {
  if (error instanceof AppFailure) return error;
  const ofBreaker = { EOPENBREAKER: 'resting', ESEMLOCKED: 'busy' } as const;
  const code = codeOf(error);
  if (code === 'EOPENBREAKER' || code === 'ESEMLOCKED') return new AppFailure(ofBreaker[code]);
  return new AppFailure('unreachable', { cause: error });
}
