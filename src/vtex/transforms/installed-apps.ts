import { Injectable } from '@nestjs/common';
import { BUILT_IN_APPS, type Parameters, type VtexSettings } from '../../vtex-settings/index.js';
import type { App } from '../values/app.types.js';
import { joined } from '../values/parameters.rules.js';
import { DefaultApps } from './apps/default-apps.js';
import { ImpersonateApp } from './apps/impersonate.app.js';
import { RemoteApps } from './remote/remote-apps.js';

/** The apps of a tenant: the default ones, impersonate if it is installed, and the tenant's own (M-12, M-53). */
@Injectable()
export class InstalledApps {
  private readonly bySettings = new WeakMap<VtexSettings, readonly App[]>();

  constructor(
    private readonly defaults: DefaultApps,
    private readonly impersonate: ImpersonateApp,
    private readonly remote: RemoteApps,
  ) {}

  /** The same apps for the same settings, so that what is remembered of their declarations lasts. */
  of(settings: VtexSettings): readonly App[] {
    const known = this.bySettings.get(settings);
    if (known) return known;
    const apps = this.made(settings);
    this.bySettings.set(settings, apps);
    return apps;
  }

  private made(settings: VtexSettings): readonly App[] {
    const { sessionApps, impersonateInstalled } = settings;
    return [
      ...withMoreInputs(this.defaults.all, settings),
      ...(impersonateInstalled ? [this.impersonate] : []),
      ...sessionApps.map((app) => this.remote.appOf(app)),
    ];
  }
}

/**
 * Adds inputs that some settings need and the documented apps lack: for regions of sales channels, and for campaigns of
 * one country's postal codes (F-61). A tenant without such settings has the documented inputs (M-46, M-48).
 */
function withMoreInputs(apps: readonly App[], { regions, campaigns }: VtexSettings): readonly App[] {
  const more: readonly (readonly [string, Parameters])[] = [
    ...(regions.some(({ salesChannels }) => salesChannels)
      ? [[BUILT_IN_APPS.checkout.name, { store: ['channel'] }] as const]
      : []),
    ...(campaigns.some(({ rules }) => rules.some(({ postalCode }) => postalCode?.country))
      ? [[BUILT_IN_APPS.rnb.name, { public: ['country'] }] as const]
      : []),
  ];
  return more.reduce<readonly App[]>(
    (all, [name, inputs]) => all.map((app) => (app.name === name ? withInputs(app, inputs) : app)),
    apps,
  );
}

/** Copies the app by hand, because a spread would not copy the methods of a class. */
const withInputs = (app: App, inputs: Parameters): App => ({
  name: app.name,
  inputs: joined(app.inputs, inputs),
  outputs: app.outputs,
  runOnCreate: app.runOnCreate,
  order: app.order,
  builtIn: app.builtIn,
  run: (values, about) => app.run(values, about),
});
