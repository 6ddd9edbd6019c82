import * as client from '@onesession/client';
import * as operations from '@onesession/client/operations';
import * as cookies from '@onesession/client/storage/cookies';
import { CASES } from './suite.ts';

/** Runs one case in a browser. @returns what went wrong */
export async function run(name: string, url: string): Promise<string | undefined> {
  try {
    await CASES[name]?.({ client, cookies, operations, url });
    return undefined;
  } catch (error) {
    return error instanceof Error ? `${error.message}\n${error.stack}` : String(error);
  }
}
