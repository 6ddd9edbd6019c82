import type * as argon2 from '@node-rs/argon2';
import type * as jose from 'jose';
import { expect, vi } from 'vitest';

/** These read the cost from the hash. */
const LOOKS_AT_COST = /password\.service\.spec|foreign-hashes\.spec|customer-signs-up/;

/** Each start of the service hashes the passwords of the demo data: 50 ms of a core each, for every mutant. */
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof argon2>();
  const cheap = { memoryCost: 64, timeCost: 1, parallelism: 1 };
  const hash = (password: string, options: argon2.Options) =>
    real.hash(password, LOOKS_AT_COST.test(expect.getState().testPath ?? '') ? options : cheap);
  return { ...real, hash };
});

/** So does each signing key that a start or a test makes. */
vi.mock('jose', async (original) => {
  const real = await original<typeof jose>();
  class CheapEncrypt extends real.CompactEncrypt {
    override setKeyManagementParameters(parameters: jose.JWEKeyManagementHeaderParameters): this {
      return super.setKeyManagementParameters({ ...parameters, p2c: 1_000 });
    }
  }
  return { ...real, CompactEncrypt: CheapEncrypt };
});
