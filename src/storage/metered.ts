import type { StoreMeter } from './store-meter.js';

type Method = (...args: unknown[]) => unknown;

/** Lists the methods of the port's class and its base classes, without constructors. */
export function methodsOf(port: object): ReadonlySet<string> {
  const names = new Set<string>();
  for (
    let prototype: unknown = Object.getPrototypeOf(port);
    typeof prototype === 'object' && prototype !== null && prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype)))
      if (typeof value === 'function' && name !== 'constructor') names.add(name);
  }
  return names;
}

/**
 * Counts each call of a port and times some of them. It stands in front of the port, so that an adapter's calls of its
 * own methods count as one operation.
 */
export function metered<Port extends object>(port: Port, name: string, meter: StoreMeter): Port {
  const front: Port = Object.create(port);
  const methods = port as Record<string, Method>;
  for (const method of methodsOf(port)) {
    const operation = meter.operation(name, method);
    const call: Method = (...args) => {
      if (!operation.begin()) return Reflect.apply(methods[method] as Method, port, args);
      const begun = performance.now();
      const result: unknown = Reflect.apply(methods[method] as Method, port, args);
      const took = (): void => operation.took((performance.now() - begun) / 1000);
      if (result instanceof Promise) result.then(took, took);
      else took();
      return result;
    };
    Object.defineProperty(front, method, { value: call, writable: true, configurable: true });
  }
  return front;
}
