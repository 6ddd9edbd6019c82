import { ApiProperty } from '@nestjs/swagger';
import type { CustomerGroup, Draft } from '../../vtex-settings.types.js';
import { Ids } from './fields.js';
import { EntryDto, PutEntryDto } from './metadata.dto.js';

export class PutCustomerGroupDto extends PutEntryDto {
  @Ids('gold')
  priceTables!: string[];
}

export class CustomerGroupDto extends EntryDto {
  @ApiProperty({ example: 'gold', description: 'Id of the group, as the profiles of its members name it.' })
  id!: string;

  @ApiProperty({ type: [String], example: ['gold'], description: 'Price tables that members get.' })
  priceTables!: readonly string[];
}

export const toGroup = (id: string, { priceTables }: PutCustomerGroupDto): Draft<'customerGroups'> => ({
  id,
  priceTables: [...new Set(priceTables)],
});

export const toGroupDto = ({ version, ...group }: CustomerGroup): CustomerGroupDto => ({
  ...group,
  metadata: { version },
});
