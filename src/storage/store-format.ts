import { WrongConfiguration } from '../config/config.schema.js';

/**
 * The format of what this version writes, in either store. Raise it when an older version would misread what is stored.
 * A store without a record of its format was written before there was one, and counts as 1.
 */
export const CURRENT_FORMAT = 2;

export const FIRST_FORMAT = 1;

/** A newer version of the service wrote the store. */
export class StoreTooNew extends WrongConfiguration {
  constructor(store: string, format: number) {
    super(
      `${store} has format ${format}, written by a newer version of onesession; this version reads formats up to ` +
        `${CURRENT_FORMAT}: start the newer version, or restore a backup that this version made`,
    );
  }
}

/** @throws StoreTooNew */
export function expectKnownFormat(store: string, format: number): void {
  if (format > CURRENT_FORMAT) throw new StoreTooNew(store, format);
}
