import { WrongConfiguration } from '../config/config.schema.js';
import { InvalidInput } from '../shared/domain-error.js';

/** What is declared contradicts itself or the store. */
export class RefusedDeclaration extends WrongConfiguration {
  /** @param place such as `tenants[0].clients[1]` */
  constructor(
    readonly place: string,
    readonly problem: string,
  ) {
    super(`BOOTSTRAP_FILE, ${place}: ${problem}`);
  }
}

/** Adds the place in the file to an error. @throws RefusedDeclaration - the domain refuses what is declared there */
export function placed<T>(place: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof InvalidInput) throw refusedAt(place, error.message);
    throw error;
  }
}

export const refusedAt = (place: string, problem: string): RefusedDeclaration =>
  new RefusedDeclaration(place, problem);
