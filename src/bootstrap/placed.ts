import { WrongConfiguration } from '../config/config.schema.js';
import { InvalidInput } from '../shared/domain-error.js';

/** Adds the place in the file to an error. @throws WrongConfiguration - the domain refuses what is declared there */
export function placed<T>(place: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof InvalidInput) throw refusedAt(place, error.message);
    throw error;
  }
}

export const refusedAt = (place: string, problem: string): WrongConfiguration =>
  new WrongConfiguration(`BOOTSTRAP_FILE, ${place}: ${problem}`);
