import { DomainError, TooLarge } from '../shared/domain-error.js';

export class SettingsEntryNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(what: string, id: string) {
    super(`There is no ${what} '${id}'`);
  }
}

export class SettingsTooLarge extends TooLarge {
  constructor(most: number) {
    super(`All settings of a tenant together may have ${most} bytes: remove what is not in use`);
  }
}
