import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../auth/index.js';
import { CurrentShopper, hasContext, SessionNotFound, type Shopper } from '../session/index.js';
import { AttributeDto } from './dto/attribute.dto.js';
import { SessionContextDto, SessionNotFoundDto, toSessionContextDto } from './dto/session-context.dto.js';
import { UpdateOwnContextDto } from './dto/update-context.dto.js';
import { SessionContextService } from './session-context.service.js';

/** For shoppers: the session is the token's own, whatever else a request says. */
@ApiTags('Session context: own')
@ApiResponse({ status: 404, type: SessionNotFoundDto })
@Authenticated('anonymous', 'customer')
@Controller('session-context/:tenant/me/context')
export class OwnSessionContextController {
  constructor(private readonly contexts: SessionContextService) {}

  @Get()
  @ApiOperation({
    summary: 'Read your session context',
    description:
      'A session usually has no context before its first cart: then this is 404. `metadata.version` is the ' +
      'version to send with a change.',
  })
  @ApiResponse({ status: 200, type: SessionContextDto })
  read(@CurrentShopper() { session }: Shopper): SessionContextDto {
    if (!hasContext(session)) throw new SessionNotFound(session.sessionId);
    return toSessionContextDto(session);
  }

  @Patch()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Change your session context',
    description:
      'Send the `metadata.version` that you read; another one is 409. Fields that are left out keep their ' +
      'value, and attributes are merged by name, where null removes one. The cart itself does not change: use ' +
      '`changeSite` or `changeCurrency` of the cart for that.',
  })
  @ApiResponse({ status: 204 })
  @ApiResponse({ status: 409, description: 'metadata.version is not the current one' })
  update(
    @CurrentShopper() { session }: Shopper,
    @Body() { metadata, ...changes }: UpdateOwnContextDto,
  ): Promise<void> {
    return this.contexts.update(session, { ...changes, version: metadata.version });
  }

  @Post('attributes')
  @Header('content-type', 'application/json; charset=utf-8')
  @ApiOperation({
    summary: 'Set an attribute of your session context',
    description:
      'Adds the attribute, or replaces its value, and returns its name. It needs no version, but raises the ' +
      'version of the context. A value is any JSON up to 64 KiB; a context has at most 200 attributes.',
  })
  @ApiResponse({ status: 201, description: 'the name of the attribute', schema: { type: 'string' } })
  async addAttribute(
    @CurrentShopper() { session }: Shopper,
    @Body() { key, value }: AttributeDto,
  ): Promise<string> {
    await this.contexts.setAttribute(session, key, value, 'shopper');
    // A bare string would be sent as text, not as JSON (W-36).
    return JSON.stringify(key);
  }

  @Delete('attributes/:attributeName')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove an attribute from your session context',
    description:
      'An attribute that is not there is no error: the answer is 204 all the same, and the version stays.',
  })
  @ApiResponse({ status: 204 })
  removeAttribute(
    @CurrentShopper() { session }: Shopper,
    @Param('attributeName') name: string,
  ): Promise<void> {
    return this.contexts.removeAttribute(session, name);
  }
}
