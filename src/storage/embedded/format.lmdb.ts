import type { Logger } from '@nestjs/common';
import { CURRENT_FORMAT, expectKnownFormat, FIRST_FORMAT } from '../store-format.js';
import type { EmbeddedStore } from './store/embedded-store.js';
import { FORMAT_KEY, FORMAT_TABLE } from './store/format-names.js';

interface FormatRow {
  readonly format: number;
}

/** The format of the store, as recorded in it. */
export class StoredFormat {
  private readonly isNew = this.store.isNew;
  private readonly rows = this.store.table<FormatRow>(FORMAT_TABLE, 'service');

  private constructor(
    private readonly store: EmbeddedStore,
    private readonly log: Pick<Logger, 'log'>,
  ) {}

  /** Before anything else is read or written. @throws StoreTooNew */
  static expectKnown(store: EmbeddedStore, folder: string, log: Pick<Logger, 'log'>): StoredFormat {
    const stored = new StoredFormat(store, log);
    expectKnownFormat(`DATA_DIR ${folder}`, stored.format);
    return stored;
  }

  /**
   * Runs the steps, each of which knows whether it is done, and then records the format: after a start that was
   * interrupted, the next one runs them again.
   */
  async migrate(steps: () => Promise<void>): Promise<void> {
    const { format } = this;
    if (format < CURRENT_FORMAT) {
      this.log.log(`The store has format ${format}: converting it to ${CURRENT_FORMAT}`);
    }
    await steps();
    if (this.rows.get([FORMAT_KEY])?.format === CURRENT_FORMAT) return;
    await this.store.write(() => this.rows.put([FORMAT_KEY], { format: CURRENT_FORMAT }));
    if (format < CURRENT_FORMAT) this.log.log(`The store has format ${CURRENT_FORMAT} now`);
  }

  private get format(): number {
    return this.rows.get([FORMAT_KEY])?.format ?? (this.isNew ? CURRENT_FORMAT : FIRST_FORMAT);
  }
}
