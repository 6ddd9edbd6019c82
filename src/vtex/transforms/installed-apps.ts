import { Injectable } from '@nestjs/common';
import type { VtexSettings } from '../../vtex-settings/index.js';
import type { App } from './app.types.js';
import { DefaultApps } from './apps/default-apps.js';
import { ImpersonateApp } from './apps/impersonate.app.js';
import { RemoteApps } from './remote/remote-apps.js';

/** The apps of a tenant: the default set, impersonate where it is installed, and its own (M-12, M-53). */
@Injectable()
export class InstalledApps {
  constructor(
    private readonly defaults: DefaultApps,
    private readonly impersonate: ImpersonateApp,
    private readonly remote: RemoteApps,
  ) {}

  of({ sessionApps, impersonateInstalled }: VtexSettings): readonly App[] {
    return [
      ...this.defaults.all,
      ...(impersonateInstalled ? [this.impersonate] : []),
      ...sessionApps.map((app) => this.remote.appOf(app)),
    ];
  }
}
