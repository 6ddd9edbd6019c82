import { isJsonObject, type JsonObject } from '../shared/json.js';
import { UnusableLine } from './lines/line.js';
import { emporixCustomer } from './emporix.rules.js';
import { vtexCustomer } from './vtex.rules.js';

export type OtherSystem = 'emporix' | 'vtex';

const CONVERTERS = { emporix: emporixCustomer, vtex: vtexCustomer } as const;

/** @returns the line of a customer, as `docs/moving.md` describes it @throws UnusableLine */
export function customerLineOf(system: OtherSystem, tenant: string, line: string): string {
  return JSON.stringify({ record: 'customer', tenant, ...CONVERTERS[system](parsed(line)) });
}

function parsed(line: string): JsonObject {
  try {
    const value: unknown = JSON.parse(line);
    if (isJsonObject(value)) return value;
  } catch {
    // Reported below without the parser's message, which would quote the line.
  }
  throw new UnusableLine('it is not a JSON object');
}
