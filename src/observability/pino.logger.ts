import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../config/config.schema.js';
import { Unavailable } from '../shared/domain-error.js';
import { NO_TRACING, type Tracing } from '../shared/tracing.js';

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

/** Adapts pino to Nest's logger: one JSON line each, in which `context` names the class. */
export class PinoLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log = (message: unknown, ...rest: unknown[]): void =>
    this.write(FRAMEWORK.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  error = (message: unknown, ...rest: unknown[]): void =>
    this.write(rest.at(-1) === TELLS_WHAT_IT_THROWS ? 'debug' : 'error', message, rest);
  warn = (message: unknown, ...rest: unknown[]): void => this.write('warn', message, rest);
  debug = (message: unknown, ...rest: unknown[]): void => this.write('debug', message, rest);
  verbose = (message: unknown, ...rest: unknown[]): void => this.write('trace', message, rest);
  fatal = (message: unknown, ...rest: unknown[]): void => this.write('fatal', message, rest);

  /** Nest passes the context last. This project's own calls pass `(fields, text)` before it. */
  private write(
    level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace',
    message: unknown,
    rest: unknown[],
  ) {
    const texts = rest.filter((part) => typeof part === 'string');
    const context = texts.at(-1);
    if (message instanceof Error) this.logger[level]({ context, err: message }, message.message);
    else if (typeof message === 'object' && message !== null) {
      this.logger[level]({ context, ...message }, texts.length > 1 ? texts[0] : undefined);
    } else this.logger[level]({ context }, String(message));
  }
}
