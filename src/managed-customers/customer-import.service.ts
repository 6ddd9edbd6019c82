import { Injectable } from '@nestjs/common';
import { importedHashProblem, loginEmail, PasswordRetentions } from '../customer/index.js';
import { type BatchEntry, type BatchOutcome, doEach } from '../http/input/batch.js';
import { InvalidInput, type Problem } from '../shared/domain-error.js';
import type { ImportedCustomerDto } from './dto/import.dto.js';
import { ManagedCustomers } from './managed-customer.service.js';

/** Brings customers in from another system. */
@Injectable()
export class CustomerImport {
  constructor(
    private readonly customers: ManagedCustomers,
    private readonly retentions: PasswordRetentions,
  ) {}

  /** Each entry is created or refused by itself. @returns outcomes in the order of the entries */
  async importEach(
    tenant: string,
    entries: readonly BatchEntry<ImportedCustomerDto>[],
  ): Promise<readonly BatchOutcome[]> {
    const isOpen = await this.retentions.isOpen(tenant);
    return doEach(entries, (entry) => this.importOne(tenant, entry, isOpen));
  }

  private async importOne(
    tenant: string,
    { id, account, ...profile }: ImportedCustomerDto,
    isOpen: boolean,
  ): Promise<BatchOutcome> {
    const problems = problemsOf(account, profile.contactEmail, isOpen);
    if (problems.length > 0) throw new InvalidInput(problems);
    const { email, passwordHash, legacyAuth } = account;
    const made = await this.customers.create(
      tenant,
      {
        id,
        email,
        passwordHash: passwordHash ?? legacyAuth?.hash,
        isLegacy: legacyAuth !== undefined,
        invites: false,
      },
      profile,
    );
    return { id: made, done: 'created' };
  }
}

const OTHER_EMAIL = 'must be the same as account.email, or be left out';
const NO_RETENTION =
  'needs a time for which such passwords are kept: set config/password-migration-retention first';

function problemsOf(
  account: ImportedCustomerDto['account'],
  contactEmail: string | null | undefined,
  isOpen: boolean,
): readonly Problem[] {
  const problem = importedHashProblem(account);
  const isOther = typeof contactEmail === 'string' && loginEmail(contactEmail) !== loginEmail(account.email);
  return [
    ...(problem === undefined ? [] : [{ field: 'account', message: problem }]),
    ...(isOther ? [{ field: 'contactEmail', message: OTHER_EMAIL }] : []),
    ...(account.legacyAuth && !isOpen ? [{ field: 'account.legacyAuth', message: NO_RETENTION }] : []),
  ];
}
