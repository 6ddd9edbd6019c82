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
  @ApiOperation({ summary: 'Read the own session context' })
  @ApiResponse({ status: 200, type: SessionContextDto })
  read(@CurrentShopper() { session }: Shopper): SessionContextDto {
    if (!hasContext(session)) throw new SessionNotFound(session.sessionId);
    return toSessionContextDto(session);
  }

  @Patch()
  @HttpCode(204)
  @ApiOperation({ summary: 'Change the own session context, from the version that was read' })
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
  @ApiOperation({ summary: 'Add an attribute to the own context, or replace the one of that name' })
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
  @ApiOperation({ summary: 'Remove an attribute from the own context' })
  @ApiResponse({ status: 204 })
  removeAttribute(
    @CurrentShopper() { session }: Shopper,
    @Param('attributeName') name: string,
  ): Promise<void> {
    return this.contexts.removeAttribute(session, name);
  }
}
