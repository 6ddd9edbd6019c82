import { Body, Controller, Header, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/index.js';
import { RateLimited } from '../rate-limit/index.js';
import { ConsoleLinkService } from './console-link.service.js';
import { ConsoleSwitch } from './console-switch.js';
import { ConsoleSignInDto, ConsoleTokenDto } from './dto/console.dto.js';

@ApiTags('Admin: console')
@Public('console-link')
@UseGuards(ConsoleSwitch)
@Controller('console')
export class ConsoleSignInController {
  constructor(private readonly links: ConsoleLinkService) {}

  @Post('sign-in')
  @RateLimited('console-sign-in', () => [])
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Exchange the code of a one-time link for a token',
    description:
      'The code is used up by this call. The token lasts at most half an hour. 404 if the setting CONSOLE is `off`.',
  })
  @ApiResponse({ status: 200, type: ConsoleTokenDto })
  @ApiResponse({ status: 401, description: 'The link was used, is too old or is not one of ours.' })
  @ApiResponse({ status: 404, description: 'The console is off: set CONSOLE=on.' })
  async signIn(@Body() { code }: ConsoleSignInDto): Promise<ConsoleTokenDto> {
    const { token, expiresIn, scope, tenant, clientId } = await this.links.signIn(code);
    return {
      access_token: token,
      token_type: 'Bearer',
      expires_in: expiresIn,
      scope,
      tenant,
      client_id: clientId,
    };
  }
}
