import { Injectable } from '@nestjs/common';
import { WrongConfiguration } from '../config/config.schema.js';
import { CustomerRepository, PasswordService } from '../customer/index.js';
import { ClientRepository, secretFits } from '../oauth/index.js';
import { type PublishedSecret, publishedSecrets } from './published-secrets.js';

/** Finds what a start with the demo data has left in the store. */
@Injectable()
export class StoredDemoData {
  constructor(
    private readonly clients: ClientRepository,
    private readonly customers: CustomerRepository,
    private readonly passwords: PasswordService,
  ) {}

  /** @throws WrongConfiguration - a published secret opens records of the store @throws StoreUnavailable */
  async refuse(): Promise<void> {
    const found: string[] = [];
    for (const published of publishedSecrets()) {
      if (await this.opens(published))
        found.push(`${published.kind} ${published.name} of ${published.tenant}`);
    }
    if (found.length === 0) return;
    throw new WrongConfiguration(
      `The store has demo data, whose secrets anybody knows: ${found.join(', ')}.\n` +
        'Use another store, or start it on this machine only (HOST=127.0.0.1, outside production) and give ' +
        'them other secrets or delete them',
    );
  }

  private opens({ tenant, kind, name, secret }: PublishedSecret): Promise<boolean> {
    return kind === 'client'
      ? this.opensClient(tenant, name, secret)
      : this.opensCustomer(tenant, name, secret);
  }

  private async opensClient(tenant: string, clientId: string, secret: string): Promise<boolean> {
    const client = await this.clients.find(clientId);
    const hashes = client?.tenant === tenant ? client.secrets.map(({ hash }) => hash) : [];
    return secretFits(secret, hashes);
  }

  private async opensCustomer(tenant: string, email: string, password: string): Promise<boolean> {
    const customer = await this.customers.findByLogin(tenant, email);
    return customer !== undefined && this.passwords.fits(password, customer.passwordHash);
  }
}
