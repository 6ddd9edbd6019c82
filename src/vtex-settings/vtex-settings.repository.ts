import type { VtexSettings } from './vtex-settings.types.js';

/** Stores the settings. An adapter must pass `test/contracts/vtex-settings.contract.ts`. */
export abstract class VtexSettingsRepository {
  /** @returns undefined when nothing was ever set for this tenant */
  abstract find(tenant: string): Promise<VtexSettings | undefined>;

  /**
   * Changes the settings atomically.
   * @param decide a pure function that may run more than once; if it returns the given settings, nothing is written
   * @returns what is stored now
   * @throws whatever `decide` throws; then nothing was written
   */
  abstract change(
    tenant: string,
    decide: (current: VtexSettings | undefined) => VtexSettings,
  ): Promise<VtexSettings>;
}
