import { ConsoleLinkRepository } from '../../console/console-link.repository.js';
import type { ConsoleLink } from '../../console/console-link.types.js';
import type { MongoLink } from './link/mongo-link.js';
import { type Row, Rows } from './rows/rows.js';

interface LinkRow extends Row, Omit<ConsoleLink, 'hash'> {}

export class MongoConsoleLinkRepository extends ConsoleLinkRepository {
  private readonly rows: Rows<LinkRow>;

  constructor(link: MongoLink) {
    super();
    this.rows = new Rows<LinkRow>(link, 'console_links');
  }

  override async add({ hash, ...link }: ConsoleLink): Promise<void> {
    await this.rows.insert({ _id: hash, ...link });
  }

  override async take(hash: string): Promise<ConsoleLink | undefined> {
    const row = await this.rows.take({ _id: hash });
    if (!row) return undefined;
    const { _id, ...link } = row;
    return { hash: _id, ...link };
  }
}
