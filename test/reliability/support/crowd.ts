import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sized } from './form.js';
import type { Endpoint } from './http-client.js';
import { Oracle } from './oracle.js';
import { atOnce } from './parallel.js';
import { Patient } from './patient.js';
import { Traffic } from './traffic.js';
import { Verifier } from './verifier.js';
import { begin, type Credentials, expectAnswer, signUp } from './wire.js';

/** Enough that they seldom log in on two devices at once. */
const CUSTOMERS = sized(5, 20);

/** A crowd with its log. */
export class Crowd {
  private constructor(
    private readonly folder: string,
    readonly oracle: Oracle,
    readonly traffic: Traffic,
    readonly verifier: Verifier,
  ) {}

  static async at(to: Endpoint): Promise<Crowd> {
    const folder = mkdtempSync(join(tmpdir(), 'onesession-oracle-'));
    const oracle = await Oracle.open(join(folder, 'acknowledged.jsonl'));
    return new Crowd(
      folder,
      oracle,
      new Traffic(to, oracle, await signedUp(to)),
      new Verifier(new Patient(to), oracle),
    );
  }

  async leave(): Promise<void> {
    await this.traffic.stop();
    await this.oracle.close();
    rmSync(this.folder, { recursive: true });
  }
}

async function signedUp(to: Endpoint): Promise<readonly Credentials[]> {
  const { access } = await begin(to);
  return atOnce(CUSTOMERS, async () => {
    const customer = { email: `${randomUUID()}@acme.test`, password: randomUUID() };
    await expectAnswer(to, signUp(access, customer), 201);
    return customer;
  });
}
