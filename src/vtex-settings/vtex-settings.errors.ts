import { DomainError, TooLarge } from '../shared/domain-error.js';

export class SettingsEntryNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(what: string, id: string) {
    super(`There is no ${what} '${id}'`);
  }
}

/** Somebody else changed the entry first. */
export class SettingsVersionConflict extends DomainError {
  override readonly kind = 'version-conflict';
  override readonly details: Readonly<Record<string, unknown>>;

  constructor(expected: number, current: number) {
    super(`metadata.version ${expected} is not the current version; read again and retry`);
    this.details = { metadata: { version: current } };
  }
}

export class SettingsTooLarge extends TooLarge {
  constructor(most: number) {
    super(`All settings of a tenant together may have ${most} bytes: remove what is not in use`);
  }
}
