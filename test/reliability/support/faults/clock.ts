import { faults } from './faults.ts';

/**
 * A wall clock that can be set while the process runs. `performance.now`, `process.hrtime` and timers go on as they do
 * on a machine whose clock is set: they don't depend on it.
 */
export function makeClockSettable(): void {
  const Real = Date;
  const now = (): number => Real.now() + faults.clockMs;
  const settable = new Proxy(Real, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new Real(now()).toString(),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
  Real.prototype.constructor = settable;
  globalThis.Date = settable;
}
