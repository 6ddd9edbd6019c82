import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  Headers,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Authenticated, CurrentService, type ServicePrincipal } from '../auth/index.js';
import { JSON_TYPE } from '../http/json-of-rows.js';
import { Tenant } from '../http/tenant.decorator.js';
import { AttributeDto } from './dto/attribute.dto.js';
import { SessionContextDto, sessionContextJson, SessionNotFoundDto } from './dto/session-context.dto.js';
import { UpdateContextDto, UpsertDto } from './dto/update-context.dto.js';
import { employee, SessionContextService } from './session-context.service.js';

/** Routes for employees and backends, guarded by scope. Shoppers have routes of their own (E-43, D-23). */
@ApiTags('Session context: management')
@ApiResponse({ status: 404, type: SessionNotFoundDto })
@Authenticated('scope:session_context.context_manage')
@Controller('session-context/:tenant/context/:sessionId')
export class SessionContextController {
  constructor(private readonly contexts: SessionContextService) {}

  @Get()
  @Header('content-type', JSON_TYPE)
  @ApiOperation({
    summary: 'Read the context of a session',
    description: 'For support and backends. A session that has no context, has ended or is dormant is 404.',
  })
  @ApiResponse({ status: 200, type: SessionContextDto })
  async read(@Tenant() tenant: string, @Param('sessionId') sessionId: string): Promise<string> {
    return sessionContextJson(await this.contexts.read({ tenant, sessionId }));
  }

  @Put()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Change the context of a session, or create it',
    description:
      'Send the `metadata.version` that you read; any other version is 409. Fields that are left out keep their ' +
      'value, but `context`, if sent, replaces all attributes. With `upsert=true`, a missing context is ' +
      'created, and its session too if it does not exist. For a customer’s session, send that customer’s `saas-token`.',
  })
  @ApiHeader({
    name: 'saas-token',
    required: false,
    description: 'The saas-token of the session’s customer. Required if the session has one.',
  })
  @ApiResponse({ status: 204 })
  @ApiResponse({ status: 409, description: '`metadata.version` is not the current version.' })
  async replace(
    @Tenant() tenant: string,
    @Param('sessionId') sessionId: string,
    @CurrentService() caller: ServicePrincipal,
    @Body() { metadata, ...values }: UpdateContextDto,
    @Query() { upsert }: UpsertDto,
    @Headers('saas-token') saasToken?: string,
  ): Promise<void> {
    const replacement = {
      ...values,
      version: metadata.version,
      ...(saasToken !== undefined && { saasToken }),
    };
    const key = { tenant, sessionId };
    if (upsert) await this.contexts.upsert(key, caller, replacement);
    else await this.contexts.replace(key, caller, replacement);
  }

  @Post('attributes')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Set an attribute of a session context',
    description:
      'Adds the attribute, or replaces its value. No version is needed, but the version of the context increases. ' +
      'A value is any JSON up to 64 KiB, and a context has at most 200 attributes.',
  })
  @ApiResponse({ status: 204 })
  addAttribute(
    @Tenant() tenant: string,
    @Param('sessionId') sessionId: string,
    @CurrentService() caller: ServicePrincipal,
    @Body() { key, value }: AttributeDto,
  ): Promise<void> {
    return this.contexts.setAttribute({ tenant, sessionId }, employee(caller), key, value);
  }

  @Delete('attributes/:attributeName')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove an attribute from a session context',
    description:
      'Removing an attribute that does not exist is not an error: the answer is 204 and the version stays.',
  })
  @ApiResponse({ status: 204 })
  removeAttribute(
    @Tenant() tenant: string,
    @Param('sessionId') sessionId: string,
    @CurrentService() caller: ServicePrincipal,
    @Param('attributeName') name: string,
  ): Promise<void> {
    return this.contexts.removeAttribute({ tenant, sessionId }, employee(caller), name);
  }
}
