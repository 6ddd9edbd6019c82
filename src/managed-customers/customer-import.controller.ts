import { STATUS_CODES } from 'node:http';
import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Audited } from '../audit/index.js';
import { Authenticated } from '../auth/index.js';
import { PasswordRetentions } from '../customer/index.js';
import { Refused } from '../http/errors/refusals.js';
import {
  type BatchEntry,
  BatchPipe,
  BatchResultDto,
  MAX_BATCH,
  toBatchResults,
} from '../http/input/batch.js';
import { Tenant } from '../http/tenant.decorator.js';
import { CustomerImport } from './customer-import.service.js';
import { ImportedCustomerDto, RetentionDto, PutRetentionDto, toRetentionDto } from './dto/import.dto.js';

const READ = 'scope:customer.import_read';
const MANAGE = 'scope:customer.import_manage';

@ApiTags('Customers: import')
@Refused(401, 403, 503)
@Controller('customer/:tenant')
export class CustomerImportController {
  constructor(
    private readonly imports: CustomerImport,
    private readonly retentions: PasswordRetentions,
  ) {}

  @Post('customers/import')
  @HttpCode(207)
  @Authenticated(MANAGE)
  @Audited('customer.import-many')
  @ApiOperation({
    summary: `Import up to ${MAX_BATCH} customers`,
    description:
      'Each entry is checked and stored separately; a refused one does not affect the others. The answer is always ' +
      '207: check `code` of each row. Each entry names exactly one hash of a password; the first login replaces it.',
  })
  @ApiBody({ type: [ImportedCustomerDto] })
  @ApiResponse({
    status: 207,
    type: [BatchResultDto],
    description: 'One row for each entry, in their order.',
  })
  @Refused(400, 413, 415)
  async importEach(
    @Tenant() tenant: string,
    @Body(new BatchPipe(ImportedCustomerDto)) entries: readonly BatchEntry<ImportedCustomerDto>[],
  ): Promise<BatchResultDto[]> {
    const rows = toBatchResults(await this.imports.importEach(tenant, entries));
    // Emporix writes these as HTTP does, and those of prices in capitals.
    return rows.map((row) => ({ ...row, status: STATUS_CODES[row.code] ?? '' }));
  }

  @Get('config/password-migration-retention')
  @Authenticated(READ)
  @ApiOperation({
    summary: 'Read how long passwords of another system are kept',
    description: 'Not set is 404.',
  })
  @ApiResponse({ status: 200, type: RetentionDto })
  @Refused(404)
  async readRetention(@Tenant() tenant: string): Promise<RetentionDto> {
    return toRetentionDto(await this.retentions.read(tenant));
  }

  @Post('config/password-migration-retention')
  @HttpCode(200)
  @Authenticated(MANAGE)
  @Audited('password-retention.save')
  @ApiOperation({
    summary: 'Set how long passwords of another system are kept',
    description:
      'Needed before customers with `legacyAuth` are imported. At the end, those who have not logged in lose that ' +
      'password and have to set a new one. A mail reminds them before, and another one tells them, unless mails are off.',
  })
  @ApiResponse({ status: 200, type: RetentionDto })
  @Refused(400, 413, 415)
  async saveRetention(@Tenant() tenant: string, @Body() body: PutRetentionDto): Promise<RetentionDto> {
    return toRetentionDto(await this.retentions.save(tenant, body));
  }

  @Delete('config/password-migration-retention')
  @HttpCode(204)
  @Authenticated(MANAGE)
  @Audited('password-retention.remove')
  @ApiOperation({
    summary: 'Remove that setting',
    description: 'Refused (400) while any customer still has a password of another system.',
  })
  @ApiResponse({ status: 204 })
  @Refused(400)
  async removeRetention(@Tenant() tenant: string): Promise<void> {
    await this.retentions.remove(tenant);
  }
}
