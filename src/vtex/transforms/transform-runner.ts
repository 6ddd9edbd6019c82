import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.schema.js';
import { Forbidden, Unauthenticated, Unavailable } from '../../shared/domain-error.js';
import { inSpan, type Span, Tracing } from '../../shared/tracing.js';
import type { AppContext, Refusal } from '../values/app.types.js';
import {
  afterRound,
  type Answer,
  type Call,
  type Cycle,
  type CycleLimits,
  type CycleStart,
  ended,
  nextCalls,
  startCycle,
} from './engine.rules.js';
import { TransformMeter } from './transform-meter.js';

/** A cycle, and how long each call took in milliseconds, by round. */
export interface TimedCycle {
  readonly cycle: Cycle;
  readonly milliseconds: readonly (readonly number[])[];
}

/** Calls the apps, round by round, until nothing changes or the time is up. It knows neither sessions nor stores. */
@Injectable()
export class TransformRunner {
  private readonly limits: CycleLimits = {
    transforms: this.config.SESSION_TRANSFORMS,
    calls: this.config.SESSION_APP_CALLS,
  };

  constructor(
    private readonly config: Config,
    private readonly meter: TransformMeter,
    private readonly tracing: Tracing,
  ) {}

  /**
   * @throws Unauthenticated | Forbidden - an app still refused at the end
   * @throws Unavailable - a built-in app could not answer in time
   */
  async run(start: CycleStart, about: Omit<AppContext, 'signal'>): Promise<TimedCycle> {
    let cycle = startCycle(start);
    let calls = nextCalls(cycle, this.limits);
    // True for most reads. They need no timer.
    if (calls.length === 0) return { cycle: ended(cycle, this.limits, calls), milliseconds: [] };
    const { signal, passed, clear } = deadlineIn(this.config.SESSION_TRANSFORM_MILLISECONDS);
    const context = { ...about, signal };
    const milliseconds: number[][] = [];
    try {
      while (calls.length > 0 && !signal.aborted) {
        const asked = calls;
        const answered = await inSpan(this.spanOf(milliseconds.length + 1, asked), () =>
          Promise.all(asked.map((call) => ask(call, context, passed))),
        );
        milliseconds.push(answered.map((one) => one.milliseconds));
        cycle = afterRound(cycle, answered, this.limits);
        calls = nextCalls(cycle, this.limits);
      }
    } finally {
      clear();
    }
    if (milliseconds.length > 0) this.meter.cycle(milliseconds.length, slowestOfEach(milliseconds));
    const [refusal] = cycle.refusals.values();
    if (refusal) throw errorOf(refusal);
    return { cycle: ended(cycle, this.limits, calls), milliseconds };
  }

  private spanOf(round: number, calls: readonly Call[]): Span | undefined {
    if (!this.tracing.isOn) return undefined;
    return this.tracing.child({
      kind: 'internal',
      name: 'transform round',
      facts: { 'onesession.transform.round': round, 'onesession.transform.calls': calls.length },
    });
  }
}

/** The end of the time that the apps of a cycle have together. */
interface Deadline {
  readonly signal: AbortSignal;
  /** One for all calls: it is rejected when the signal aborts. */
  readonly passed: Promise<never>;
  clear(): void;
}

function deadlineIn(milliseconds: number): Deadline {
  // AbortSignal.timeout would fire long after the end of each cycle, and make an error with a stack.
  const controller = new AbortController();
  let late = (): void => undefined;
  const passed = new Promise<never>((_, reject) => {
    late = () => reject(new Unavailable('The apps of the session did not answer in time; try again'));
  });
  // Nobody waits for it between two rounds.
  passed.catch(() => undefined);
  const timer = setTimeout(() => {
    controller.abort();
    late();
  }, milliseconds).unref();
  return { signal: controller.signal, passed, clear: () => clearTimeout(timer) };
}

async function ask(
  { app, inputs }: Call,
  about: AppContext,
  passed: Promise<never>,
): Promise<Call & { readonly answer: Answer; readonly milliseconds: number }> {
  const begun = performance.now();
  const answer = await answerOf({ app, inputs }, about, passed);
  return { app, inputs, answer, milliseconds: performance.now() - begun };
}

/** Stops waiting when it is too late. The call may still finish, but its answer is ignored. */
async function answerOf({ app, inputs }: Call, about: AppContext, passed: Promise<never>): Promise<Answer> {
  try {
    return await Promise.race([app.run(inputs, about), passed]);
  } catch (error) {
    if (app.builtIn) throw error;
    return 'failed';
  }
}

/** The calls of a round run at once. */
const slowestOfEach = (rounds: readonly (readonly number[])[]): number =>
  rounds.reduce((total, round) => total + Math.max(...round), 0);

const errorOf = ({ refused, message }: Refusal): Error =>
  refused === 'forbidden' ? new Forbidden(message) : new Unauthenticated('not-for-guests');
