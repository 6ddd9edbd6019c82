import type { VtexSettings } from './vtex-settings.types.js';

/** Where they are kept. An adapter must pass `test/contracts/vtex-settings.contract.ts`. */
export abstract class VtexSettingsRepository {
  /** @returns undefined when nothing was ever set for this tenant */
  abstract find(tenant: string): Promise<VtexSettings | undefined>;

  /**
   * Atomic.
   * @param decide must be pure, for it may be asked again; returning the given settings changes nothing
   * @returns what is stored from now on
   * @throws whatever `decide` throws; then nothing was written
   */
  abstract change(
    tenant: string,
    decide: (current: VtexSettings | undefined) => VtexSettings,
  ): Promise<VtexSettings>;
}
