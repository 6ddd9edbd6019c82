import { mongo } from 'mongoose';
import { WrongConfiguration } from '../../../config/config.schema.js';

/** What the driver says of a password, or another part, with characters that belong to the address itself. */
const UNESCAPED = /unescaped|malformed|invalid connection string/i;

/** @param error of the driver, about the address or of the first connection */
export function addressRefusal(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  const advice = UNESCAPED.test(reason)
    ? '. In user and password, percent-encode @ : / % and the like: %40 is an @'
    : '';
  return `MONGODB_URI can not be used: ${reason}${advice}`;
}

/** Lets the driver read an address, and connects to nothing. @throws WrongConfiguration */
export function expectAddress(uri: string): void {
  try {
    void new mongo.MongoClient(uri);
  } catch (error) {
    throw new WrongConfiguration(addressRefusal(error), { cause: error });
  }
}
