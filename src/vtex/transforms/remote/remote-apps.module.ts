import { Module } from '@nestjs/common';
import { VtexSettingsModule } from '../../../vtex-settings/index.js';
import { AppCallSigner } from './app-call-signer.js';
import { AppHttp } from './app-http.js';
import { RemoteApps } from './remote-apps.js';

@Module({
  imports: [VtexSettingsModule],
  providers: [AppCallSigner, AppHttp, RemoteApps],
  exports: [RemoteApps],
})
export class RemoteAppsModule {}
