import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../auth/index.js';
import { JSON_TYPE } from '../http/json-of-rows.js';
import { CurrentShopper, hasContext, SessionNotFound, type Shopper } from '../session/index.js';
import { AttributeDto } from './dto/attribute.dto.js';
import { SessionContextDto, sessionContextJson, SessionNotFoundDto } from './dto/session-context.dto.js';
import { UpdateOwnContextDto } from './dto/update-context.dto.js';
import { SessionContextService, shopper } from './session-context.service.js';

/** Routes for shoppers. The session is always the one of the token, whatever else a request says. */
@ApiTags('Session context: own')
@ApiResponse({ status: 404, type: SessionNotFoundDto })
@Authenticated('anonymous', 'customer')
@Controller('session-context/:tenant/me/context')
export class OwnSessionContextController {
  constructor(private readonly contexts: SessionContextService) {}

  @Get()
  @Header('content-type', JSON_TYPE)
  @ApiOperation({
    summary: 'Read your session context',
    description:
      'A session usually has no context before its first cart; reading it is then 404. `metadata.version` is the ' +
      'version to send with a change.',
  })
  @ApiResponse({ status: 200, type: SessionContextDto })
  read(@CurrentShopper() { session }: Shopper): string {
    if (!hasContext(session)) throw new SessionNotFound(session.sessionId);
    return sessionContextJson(session);
  }

  @Patch()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Change your session context',
    description:
      'Send the `metadata.version` that you read; any other version is 409. Fields that are left out keep their ' +
      'value. Attributes are merged by name, and null removes one. This does not change the cart itself; use ' +
      '`changeSite` or `changeCurrency` of the cart for that.',
  })
  @ApiResponse({ status: 204 })
  @ApiResponse({ status: 409, description: '`metadata.version` is not the current version.' })
  update(
    @CurrentShopper() { session }: Shopper,
    @Body() { metadata, ...changes }: UpdateOwnContextDto,
  ): Promise<void> {
    return this.contexts.update(session, { ...changes, version: metadata.version });
  }

  @Post('attributes')
  @Header('content-type', JSON_TYPE)
  @ApiOperation({
    summary: 'Set an attribute of your session context',
    description:
      'Adds the attribute, or replaces its value, and returns its name. No version is needed, but the version of ' +
      'the context increases. A value is any JSON up to 64 KiB, and a context has at most 200 attributes.',
  })
  @ApiResponse({ status: 201, description: 'The name of the attribute.', schema: { type: 'string' } })
  async addAttribute(
    @CurrentShopper() { session }: Shopper,
    @Body() { key, value }: AttributeDto,
  ): Promise<string> {
    await this.contexts.setAttribute(session, shopper(session), key, value);
    return JSON.stringify(key);
  }

  @Delete('attributes/:attributeName')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove an attribute from your session context',
    description:
      'Removing an attribute that does not exist is not an error: the answer is 204 and the version stays.',
  })
  @ApiResponse({ status: 204 })
  removeAttribute(
    @CurrentShopper() { session }: Shopper,
    @Param('attributeName') name: string,
  ): Promise<void> {
    return this.contexts.removeAttribute(session, shopper(session), name);
  }
}
