import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../auth/index.js';
import { cursorOf, DEFAULT_PAGE_SIZE, partsOf } from '../http/query/cursor-page.js';
import { Tenant } from '../http/tenant.decorator.js';
import { AuditService } from './audit.service.js';
import type { AuditQuery } from './audit.types.js';
import { Audited } from './audited.decorator.js';
import { AuditPageDto, AuditQueryDto, toAuditLineDto } from './dto/audit.dto.js';

@ApiTags('Admin: audit')
@Authenticated('scope:audit.audit_read')
@Controller('admin/:tenant/audit')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @Audited('audit.list')
  @ApiOperation({
    summary: 'List the audit log',
    description:
      'Returns who read or changed what through the admin API and the settings, and who was refused, the newest ' +
      'first. Lines end after `AUDIT_DAYS`. A page may have fewer items than `limit` although there are more: go ' +
      'on as long as there is `next`.',
  })
  @ApiResponse({ status: 200, type: AuditPageDto })
  async list(@Tenant() tenant: string, @Query() query: AuditQueryDto): Promise<AuditPageDto> {
    const { lines, next } = await this.audit.list(tenant, queryOf(query));
    return { items: lines.map(toAuditLineDto), ...(next !== undefined && { next: cursorOf([next]) }) };
  }
}

function queryOf({ actor, action, target, result, from, to, cursor, limit }: AuditQueryDto): AuditQuery {
  return {
    ...(actor !== undefined && { actor }),
    ...(action !== undefined && { action }),
    ...(target !== undefined && { target }),
    ...(result !== undefined && { result }),
    ...(from !== undefined && { from: new Date(from) }),
    ...(to !== undefined && { to: new Date(to) }),
    ...(cursor !== undefined && { before: String(partsOf(cursor, ['string'])[0]) }),
    limit: limit ?? DEFAULT_PAGE_SIZE,
  };
}
