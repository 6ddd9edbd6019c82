import { DomainError } from '../../shared/domain-error.js';

/** Somebody changed the context after the employee had read it (W-27). */
export class ContextChanged extends DomainError {
  override readonly kind = 'version-conflict';
  override readonly details: Readonly<Record<string, unknown>>;

  constructor(read: number, currentVersion: number) {
    super(
      `The context has changed since version ${read}: read it again and retry with version ${currentVersion}`,
    );
    this.details = { currentVersion };
  }
}
