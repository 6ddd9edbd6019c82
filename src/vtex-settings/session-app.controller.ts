import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Tenant } from '../http/tenant.decorator.js';
import { Removes, Saves, SettingsRoutes } from './admin-route.js';
import { BUILT_IN_APPS } from './built-in-apps.rules.js';
import { PutSessionAppDto, SessionAppDto, toApp, toAppDto, toBuiltInDto } from './dto/session-app.dto.js';
import { EntryIdPipe } from './entry-id.pipe.js';
import { SettingsAdminService } from './settings-admin.service.js';
import { VtexSettingsService } from './vtex-settings.service.js';

@SettingsRoutes()
@Controller('admin/:tenant/session-apps')
export class SessionAppController {
  constructor(
    private readonly settings: VtexSettingsService,
    private readonly admin: SettingsAdminService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the apps of sessions, the built-in ones first' })
  @ApiResponse({ status: 200, type: [SessionAppDto] })
  async list(@Tenant() tenant: string): Promise<SessionAppDto[]> {
    const { sessionApps, impersonateInstalled } = await this.settings.of(tenant);
    const builtIn = Object.values(BUILT_IN_APPS).map((app) =>
      toBuiltInDto(app, app !== BUILT_IN_APPS.impersonate || impersonateInstalled),
    );
    return [...builtIn, ...sessionApps.map(toAppDto)];
  }

  @Put('impersonate')
  @HttpCode(204)
  @ApiOperation({ summary: 'Install the built-in app impersonate' })
  @ApiResponse({ status: 204 })
  installImpersonate(@Tenant() tenant: string): Promise<void> {
    return this.admin.setImpersonate(tenant, true);
  }

  @Delete('impersonate')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove the built-in app impersonate' })
  @ApiResponse({ status: 204 })
  removeImpersonate(@Tenant() tenant: string): Promise<void> {
    return this.admin.setImpersonate(tenant, false);
  }

  @Put(':name')
  @Saves()
  @ApiOperation({ summary: 'Install an app of the tenant, or replace it' })
  @ApiResponse({ status: 200, type: SessionAppDto })
  async put(
    @Tenant() tenant: string,
    @Param('name', EntryIdPipe) name: string,
    @Body() body: PutSessionAppDto,
  ): Promise<SessionAppDto> {
    return toAppDto(await this.admin.installApp(tenant, toApp(name, body), body.metadata?.version));
  }

  @Delete(':name')
  @HttpCode(204)
  @Removes()
  @ApiOperation({ summary: 'Remove an app of the tenant' })
  @ApiResponse({ status: 204 })
  remove(@Tenant() tenant: string, @Param('name') name: string): Promise<void> {
    return this.admin.remove(tenant, 'sessionApps', name);
  }
}
