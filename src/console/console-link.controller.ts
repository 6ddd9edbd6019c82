import { Body, Controller, Header, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Audited } from '../audit/index.js';
import { Authenticated, CurrentService, type ServicePrincipal } from '../auth/index.js';
import { ConsoleLinkService } from './console-link.service.js';
import { ConsoleSwitch } from './console-switch.js';
import { ConsoleLinkDto, NewConsoleLinkDto } from './dto/console.dto.js';

@ApiTags('Admin: console')
@Authenticated('service')
@UseGuards(ConsoleSwitch)
@Controller('admin/:tenant/console-links')
export class ConsoleLinkController {
  constructor(private readonly links: ConsoleLinkService) {}

  @Post()
  @Audited('console-link.create')
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Make a one-time link that signs in to the console',
    description:
      'The link works once, within five minutes, and signs in as your own client, with scopes that your token ' +
      'holds. Give it only to the person who is to act with them. 404 if the setting CONSOLE is `off`.',
  })
  @ApiResponse({ status: 201, type: ConsoleLinkDto })
  @ApiResponse({ status: 404, description: 'The console is off: set CONSOLE=on.' })
  async make(
    @CurrentService() by: ServicePrincipal,
    @Body() { scopes }: NewConsoleLinkDto,
  ): Promise<ConsoleLinkDto> {
    const { code, link } = await this.links.issue(by, scopes);
    return {
      path: `/console#link=${code}`,
      endsAt: link.endsAt.toISOString(),
      scopes: [...link.scopes],
    };
  }
}
