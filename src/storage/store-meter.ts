/** Counts and times operations of the store. `observability/`, which can't be imported here, implements it. */
export abstract class StoreMeter {
  /** Returns what counts one operation. Asked once for each, at start. */
  abstract operation(port: string, operation: string): MeteredOperation;
}

export interface MeteredOperation {
  /** @returns whether this call should be timed */
  begin(): boolean;

  took(seconds: number): void;
}
