import { VtexSettingsRepository } from '../../vtex-settings/vtex-settings.repository.js';
import type { VtexSettings } from '../../vtex-settings/vtex-settings.types.js';
import type { EmbeddedStore } from './store/embedded-store.js';
import type { Table } from './store/table.js';

export class LmdbVtexSettingsRepository extends VtexSettingsRepository {
  private readonly settings: Table<VtexSettings>;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.settings = store.table('vtex-settings');
  }

  override async find(tenant: string): Promise<VtexSettings | undefined> {
    return this.settings.get([tenant]);
  }

  override change(
    tenant: string,
    decide: (current: VtexSettings | undefined) => VtexSettings,
  ): Promise<VtexSettings> {
    return this.store.write(() => {
      const current = this.settings.get([tenant]);
      const next = decide(current);
      if (next !== current) this.settings.put([tenant], next);
      return next;
    });
  }
}
