import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Audited } from '../audit/index.js';
import { Authenticated } from '../auth/index.js';
import type { ListSpec } from '../http/query/list-fields.js';
import { ListQueryDto } from '../http/query/list-query.dto.js';
import { toListing } from '../http/query/listing.js';
import { ApiTotalCount, tellTotal, TOTAL_COUNT, WantsTotal } from '../http/query/total-count.js';
import { Tenant } from '../http/tenant.decorator.js';
import { OutboxMailDto, toOutboxMailDto } from './dto/outbox.dto.js';
import { OutboxService } from './outbox.service.js';

const LIST: ListSpec = {
  fields: {
    kind: { kind: 'text', path: 'kind' },
    state: { kind: 'text', path: 'state' },
    to: { kind: 'text', path: 'to' },
    createdAt: { kind: 'date', path: 'createdAt' },
  },
  sortable: ['createdAt'],
  defaultSort: 'createdAt:desc',
  pageSize: 60,
};

@ApiTags('Administration: mails')
@Authenticated('scope:customer.customer_manage')
@Controller('admin/:tenant/outbox')
export class OutboxController {
  constructor(private readonly outbox: OutboxService) {}

  @Get()
  @Audited('mail.list')
  @ApiOperation({
    summary: 'List the mails of the last two weeks',
    description:
      'By default the newest come first, 60 per page. `state` says what became of a mail. A mail that ' +
      'cannot be sent at the moment is tried again for about nine hours. The text is included only where ' +
      'mails are kept instead of sent: outside production without `SMTP_URL`.',
  })
  @ApiTotalCount()
  @ApiResponse({ status: 200, type: [OutboxMailDto], headers: TOTAL_COUNT })
  async list(
    @Tenant() tenant: string,
    @Query() query: ListQueryDto,
    @WantsTotal() counted: boolean,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OutboxMailDto[]> {
    const { rows, total } = await this.outbox.list(tenant, toListing(query, LIST, counted));
    tellTotal(reply, total);
    return rows.map(toOutboxMailDto);
  }
}
