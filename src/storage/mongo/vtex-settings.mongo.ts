import { VtexSettingsRepository } from '../../vtex-settings/vtex-settings.repository.js';
import type { VtexSettings } from '../../vtex-settings/vtex-settings.types.js';
import type { MongoLink } from './link/mongo-link.js';
import { CoalescingWriter } from './rows/coalescing-writer.js';
import { type Codec, type RecordRow, Records } from './rows/records.js';
import { Rows } from './rows/rows.js';
import { type Texts, withGivenJson, withStoredJson } from './rows/stored-json.js';

const JSON_FIELDS = ['customerGroups', 'campaigns', 'regions', 'sessionApps'] as const;
type JsonField = (typeof JSON_FIELDS)[number];

interface VtexSettingsRow extends RecordRow, Texts<Omit<VtexSettings, 'tenant'>, JsonField> {}

const codec: Codec<VtexSettings, VtexSettingsRow> = {
  idOf: ({ tenant }) => tenant,
  toRow: ({ tenant: _id, ...settings }) => withStoredJson(settings, JSON_FIELDS),
  fromRow: ({ _id, rev: _rev, ...row }) => withGivenJson<VtexSettings>({ tenant: _id, ...row }, JSON_FIELDS),
};

export class MongoVtexSettingsRepository extends VtexSettingsRepository {
  private readonly settings: Records<VtexSettings, VtexSettingsRow>;
  private readonly writer: CoalescingWriter<VtexSettings>;

  constructor(link: MongoLink) {
    super();
    this.settings = new Records(new Rows<VtexSettingsRow>(link, 'vtex_settings'), codec);
    this.writer = new CoalescingWriter(this.settings);
  }

  override find(tenant: string): Promise<VtexSettings | undefined> {
    return this.settings.find(tenant);
  }

  override change(
    tenant: string,
    decide: (current: VtexSettings | undefined) => VtexSettings,
  ): Promise<VtexSettings> {
    return this.writer.change(tenant, (current) => {
      const next = decide(current);
      return { next, result: next };
    });
  }
}
