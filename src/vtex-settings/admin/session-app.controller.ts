import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Audited } from '../../audit/index.js';
import { Tenant } from '../../http/tenant.decorator.js';
import { BUILT_IN_APPS } from '../settings/built-in-apps.rules.js';
import { VtexSettingsService } from '../settings/vtex-settings.service.js';
import { Removes, Saves, SettingsRoutes } from './admin-route.js';
import { PutSessionAppDto, SessionAppDto, toApp, toAppDto, toBuiltInDto } from './dto/session-app.dto.js';
import { EntryIdPipe } from './entry-id.pipe.js';
import { SettingsAdminService } from './settings-admin.service.js';

@SettingsRoutes()
@Controller('admin/:tenant/session-apps')
export class SessionAppController {
  constructor(
    private readonly settings: VtexSettingsService,
    private readonly admin: SettingsAdminService,
  ) {}

  @Get()
  @Audited('session-app.list')
  @ApiOperation({
    summary: 'List session apps',
    description:
      'The built-in apps come first, then those of the tenant. `impersonate` is built in too, but works only ' +
      'once it is installed.',
  })
  @ApiResponse({ status: 200, type: [SessionAppDto] })
  async list(@Tenant() tenant: string): Promise<SessionAppDto[]> {
    const { sessionApps, impersonateInstalled } = await this.settings.of(tenant);
    const builtIn = Object.values(BUILT_IN_APPS).map((app) =>
      toBuiltInDto(app, app !== BUILT_IN_APPS.impersonate || impersonateInstalled),
    );
    return [...builtIn, ...sessionApps.map(toAppDto)];
  }

  @Put('impersonate')
  @Audited('session-app.install-impersonate')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Install the built-in app `impersonate`',
    description:
      'Lets employees whose client has the scope `customer.customer_impersonate` act as a customer ' +
      'in the VTEX dialect. Each impersonation is recorded. Installing it again changes nothing.',
  })
  @ApiResponse({ status: 204 })
  installImpersonate(@Tenant() tenant: string): Promise<void> {
    return this.admin.setImpersonate(tenant, true);
  }

  @Delete('impersonate')
  @Audited('session-app.remove-impersonate')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove the built-in app `impersonate`',
    description:
      'Nobody can act as a customer any more: on this instance at once, on others within five seconds. What the ' +
      'app wrote is removed at the next use of a session in the VTEX dialect. The records of impersonations are kept.',
  })
  @ApiResponse({ status: 204 })
  removeImpersonate(@Tenant() tenant: string): Promise<void> {
    return this.admin.setImpersonate(tenant, false);
  }

  @Put(':name')
  @Audited('session-app.save', { param: 'name' })
  @Saves()
  @ApiOperation({
    summary: 'Install a session app of the tenant, or replace it',
    description:
      'The app is called at `url` when one of its inputs changes, and may write only its declared outputs. A ' +
      'tenant has at most 20 apps; private addresses are refused unless `SESSION_APPS_PRIVATE_ADDRESSES` ' +
      'allows them. With `metadata.version`, any other current version is answered with 409.',
  })
  @ApiResponse({ status: 200, type: SessionAppDto })
  async put(
    @Tenant() tenant: string,
    @Param('name', EntryIdPipe) name: string,
    @Body() body: PutSessionAppDto,
  ): Promise<SessionAppDto> {
    return toAppDto(await this.admin.installApp(tenant, toApp(name, body), body.metadata?.version));
  }

  @Delete(':name')
  @Audited('session-app.remove', { param: 'name' })
  @HttpCode(204)
  @Removes()
  @ApiOperation({
    summary: 'Remove a session app of the tenant',
    description:
      'What the app wrote is removed at the next use of a session in the VTEX dialect. Site, currency, ' +
      'country and language that it wrote into a session context are kept.',
  })
  @ApiResponse({ status: 204 })
  remove(@Tenant() tenant: string, @Param('name') name: string): Promise<void> {
    return this.admin.remove(tenant, 'sessionApps', name);
  }
}
