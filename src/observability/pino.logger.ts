import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../config/config.schema.js';
import { Unavailable } from '../shared/domain-error.js';
import { NO_TRACING, type Tracing } from '../shared/tracing.js';
import { LineLimit } from './line-limit.js';

/** Nothing should log these. If something does, they are redacted. */
const SECRETS = ['authorization', 'cookie', 'set-cookie', 'saas-token', 'password', 'secret', 'token'];

const redacted = SECRETS.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);

interface LogSurroundings {
  readonly destination?: DestinationStream | undefined;
  readonly tracing?: Tracing;
}

export const createPino = (
  config: Config,
  { destination, tracing = NO_TRACING }: LogSurroundings = {},
): Logger => {
  const options = {
    level: config.LOG_LEVEL,
    redact: { paths: redacted, censor: '[redacted]' },
    serializers: { err: briefly },
    ...(tracing.isOn && { mixin: () => ({ ...tracing.current }) }),
  };
  return destination ? pino(options, destination) : pino(options);
};

/**
 * Drivers attach all they know to their errors. The kind, the message and the stack are enough; of something that does not
 * respond, which many may report at once, why it does not.
 */
function briefly(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name: type, message, cause } = error;
  if (!(error instanceof Unavailable)) return { type, message, stack: error.stack };
  return { type, message, ...(cause instanceof Error && { reason: cause.message }) };
}

/** Classes that log Nest's own start. Their lines help to find a fault in the wiring, but not an operator. */
const FRAMEWORK = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** Nest logs why it can't listen, and throws it too: one sentence in plain words is enough (see `unusable-address.ts`). */
const TELLS_WHAT_IT_THROWS = 'NestApplication';

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** What lines can have many causes in a minute: requests, and passes that are repeated. */
const LIMITED: ReadonlySet<Level> = new Set(['warn', 'error']);
/** Lines of one kind in a minute. Of something that does not respond, one tells all. */
const MOST = 60;
const MOST_OF_OUTAGE = 1;

/** Adapts pino to Nest's logger: one JSON line each, in which `context` names the class. */
export class PinoLogger implements LoggerService {
  private readonly limit = new LineLimit(() => performance.now());

  constructor(private readonly logger: Logger) {}

  log = (message: unknown, ...rest: unknown[]): void =>
    this.write(FRAMEWORK.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  error = (message: unknown, ...rest: unknown[]): void =>
    this.write(rest.at(-1) === TELLS_WHAT_IT_THROWS ? 'debug' : 'error', message, rest);
  warn = (message: unknown, ...rest: unknown[]): void => this.write('warn', message, rest);
  debug = (message: unknown, ...rest: unknown[]): void => this.write('debug', message, rest);
  verbose = (message: unknown, ...rest: unknown[]): void => this.write('trace', message, rest);
  fatal = (message: unknown, ...rest: unknown[]): void => this.write('fatal', message, rest);

  private write(level: Level, message: unknown, rest: unknown[]): void {
    const { fields, text } = lineOf(message, rest);
    const leftOut = LIMITED.has(level) ? this.limit.take(...limitOf(fields, text)) : 0;
    if (leftOut === undefined) return;
    this.logger[level](leftOut === 0 ? fields : { ...fields, leftOut }, text);
  }
}

interface Fields {
  readonly context: string | undefined;
  readonly err?: unknown;
}

/** Nest passes the context last. This project's own calls pass `(fields, text)` before it. */
function lineOf(
  message: unknown,
  rest: readonly unknown[],
): { readonly fields: Fields; readonly text: string | undefined } {
  const texts = rest.filter((part) => typeof part === 'string');
  const context = texts.at(-1);
  if (message instanceof Error) return { fields: { context, err: message }, text: message.message };
  if (typeof message !== 'object' || message === null) return { fields: { context }, text: String(message) };
  return { fields: { context, ...message }, text: texts.length > 1 ? texts[0] : undefined };
}

/** Faults are of one kind if they were thrown at one place: their messages may repeat what a client sent. */
function limitOf({ context, err }: Fields, text = ''): [kind: string, most: number] {
  const kind = [context, text];
  if (err instanceof Unavailable) return [kind.join('\n'), MOST_OF_OUTAGE];
  if (err instanceof Error) kind.push(/^ {4}at .*$/m.exec(err.stack?.replace(err.message, '') ?? '')?.[0]);
  return [kind.join('\n'), MOST];
}
