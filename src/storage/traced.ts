import type { Span, Tracing } from '../shared/tracing.js';
import { methodsOf } from './metered.js';

type Method = (...args: unknown[]) => unknown;

/** Puts each call of a port that answers later into its own span. Only for services that are traced. */
export function traced<Port extends object>(port: Port, name: string, tracing: Tracing): Port {
  const front: Port = Object.create(port);
  const methods = port as Record<string, Method>;
  for (const method of methodsOf(port)) {
    const call: Method = (...args) => {
      const original = (): unknown => Reflect.apply(methods[method] as Method, port, args);
      const span = tracing.child({
        kind: 'internal',
        name: `${name}.${method}`,
        facts: { 'onesession.store.port': name, 'db.operation.name': method },
      });
      if (!span) return original();
      return finished(span, original);
    };
    Object.defineProperty(front, method, { value: call, writable: true, configurable: true });
  }
  return front;
}

function finished(span: Span, call: () => unknown): unknown {
  let result: unknown;
  try {
    result = span.run(call);
  } catch (error) {
    span.end('failed');
    throw error;
  }
  if (!(result instanceof Promise)) span.end();
  else
    result.then(
      () => span.end(),
      () => span.end('failed'),
    );
  return result;
}
