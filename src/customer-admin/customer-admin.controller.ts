import { Readable } from 'node:stream';
import { Controller, Delete, Get, Headers, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Audited } from '../audit/index.js';
import { Authenticated } from '../auth/index.js';
import { Tenant } from '../http/tenant.decorator.js';
import { Idempotent } from '../idempotency/index.js';
import { SessionService } from '../session/index.js';
import { EndedSessionsDto, ErasedPersonDto, ExportedPersonDto } from './dto/customer-admin.dto.js';
import { ErasureService } from './erasure.service.js';
import { ExportService } from './export.service.js';
import type { ExportedRecord } from './export.types.js';

const NDJSON = 'application/x-ndjson';

@ApiTags('Admin: customers')
@Authenticated('scope:customer.customer_manage')
@Controller('admin/:tenant/customers/:customerId')
export class CustomerAdminController {
  constructor(
    private readonly erasures: ErasureService,
    private readonly exports: ExportService,
    private readonly sessions: SessionService,
  ) {}

  @Delete('sessions')
  @Idempotent()
  @Audited('customer.end-sessions', { param: 'customerId' })
  @ApiOperation({
    summary: 'End all sessions of a customer',
    description: 'Logs the customer out on every device, at once and on every instance.',
  })
  @ApiResponse({ status: 200, type: EndedSessionsDto })
  async endSessions(
    @Tenant() tenant: string,
    @Param('customerId') customerId: string,
  ): Promise<EndedSessionsDto> {
    await this.exports.expectCustomer(tenant, customerId);
    return { ended: await this.sessions.endAll(tenant, customerId, 'employee') };
  }

  @Get('export')
  @Audited('customer.export', { param: 'customerId' })
  @ApiOperation({
    summary: 'Export everything held about a person',
    description:
      'Returns one JSON object, without passwords and tokens. With `Accept: application/x-ndjson`, returns ' +
      'one record per line, each with its `kind`; these are sent as they are read, so any number of them ' +
      'is fine.',
  })
  @ApiProduces('application/json', NDJSON)
  @ApiResponse({ status: 200, type: ExportedPersonDto })
  async export(
    @Tenant() tenant: string,
    @Param('customerId') customerId: string,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ExportedPersonDto | StreamableFile> {
    const records = await this.exports.of(tenant, customerId);
    void reply.header('content-disposition', 'attachment');
    if (accept?.toLowerCase().includes(NDJSON)) return new StreamableFile(linesOf(records), { type: NDJSON });
    return collected(records);
  }

  @Delete()
  @Idempotent()
  @Audited('customer.erase', { param: 'customerId', erases: true })
  @ApiOperation({
    summary: 'Erase a person',
    description:
      'Removes the customer with addresses, carts, mails and the sessions of all devices, including the ' +
      'guest sessions that became theirs, and takes the person out of the record of impersonations. The ' +
      'response counts what was removed. An interrupted erasure continues by itself. Afterwards the ' +
      'customer is answered with 404.',
  })
  @ApiResponse({ status: 200, type: ErasedPersonDto })
  async erase(@Tenant() tenant: string, @Param('customerId') customerId: string): Promise<ErasedPersonDto> {
    return { erased: await this.erasures.erase(tenant, customerId) };
  }
}

const linesOf = (records: AsyncIterable<ExportedRecord>): Readable =>
  Readable.from(
    (async function* lines() {
      for await (const { kind, data } of records) yield `${JSON.stringify({ kind, data })}\n`;
    })(),
  );

async function collected(records: AsyncIterable<ExportedRecord>): Promise<ExportedPersonDto> {
  const person: ExportedPersonDto = {
    customer: {},
    sessions: [],
    carts: [],
    mails: [],
    contactAssignments: [],
    impersonations: [],
    auditLines: [],
  };
  for await (const { kind, data } of records) {
    if (kind === 'customer') person.customer = data;
    else person[`${kind}s`].push(data);
  }
  return person;
}
