import { STATUS_CODES } from 'node:http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { STATUS } from '../../http/errors/error.filter.js';
import { type DomainError, InvalidInput } from '../../shared/domain-error.js';
import { toItemChanges, UpdateItemDto } from '../dto/cart-item-request.dto.js';
import type { Batch, IdentifiedChanges } from '../lines/cart-item-batch.rules.js';
import { itemYrn } from '../lines/cart-items.rules.js';

/** An entry of PUT /itemsBatch */
export class UpdateEntryDto extends UpdateItemDto {
  @ApiProperty({ example: '0', maxLength: 64, description: 'Id of the item to change.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(64)
  id!: string;
}

class EntryHeadersDto {
  @ApiProperty({ example: '/cart/acme/carts/65141d687308095e25ca0671/items/0' })
  location!: string;
}

export class AddedEntryDto {
  @ApiProperty({ type: 'integer', example: 0, description: 'Position of the entry in the request, from 0.' })
  index!: number;

  @ApiProperty({ type: 'integer', example: 201, description: 'HTTP status of the entry.' })
  status!: number;

  @ApiPropertyOptional({ example: '0', description: 'Id of the line that has the item.' })
  id?: string;

  @ApiPropertyOptional({ description: 'URN of the item.' })
  yrn?: string;

  @ApiPropertyOptional({ type: EntryHeadersDto, description: 'Path of the item in `location`.' })
  headers?: EntryHeadersDto;

  @ApiPropertyOptional({ description: 'Why the entry was refused.' })
  errorMessage?: string;
}

export class UpdatedEntryDto {
  @ApiProperty({ type: 'integer', example: 0, description: 'Position of the entry in the request, from 0.' })
  index!: number;

  @ApiPropertyOptional({ example: '0', description: 'Id of the changed item.' })
  id?: string;

  @ApiProperty({ type: 'integer', example: 204, description: 'HTTP status of the entry.' })
  code!: number;

  @ApiProperty({ example: 'No Content', description: 'Reason phrase of `code`.' })
  status!: string;

  @ApiPropertyOptional({ description: 'Why the entry was refused.' })
  message?: string;

  @ApiPropertyOptional({ type: [String], description: 'Each problem, as `field: message`.' })
  details?: readonly string[];
}

export const toIdentifiedChanges = ({ id, ...changes }: UpdateEntryDto): IdentifiedChanges => ({
  id,
  changes: toItemChanges(changes),
});

export const toAddedEntries = ({ cart, outcomes }: Batch<string>): AddedEntryDto[] =>
  outcomes.map((outcome, index) => {
    if ('refused' in outcome) {
      return { index, status: STATUS[outcome.refused.kind], errorMessage: outcome.refused.message };
    }
    const location = `/cart/${cart.tenant}/carts/${cart.id}/items/${outcome.done}`;
    return { index, status: 201, id: outcome.done, yrn: itemYrn(cart, outcome.done), headers: { location } };
  });

export const toUpdatedEntries = ({ outcomes }: Batch<string>): UpdatedEntryDto[] =>
  outcomes.map((outcome, index) => {
    if ('done' in outcome) return { index, id: outcome.done, code: 204, status: 'No Content' };
    const { kind, message } = outcome.refused;
    const code = STATUS[kind];
    return {
      index,
      code,
      status: STATUS_CODES[code] ?? 'Error',
      message,
      details: detailsOf(outcome.refused),
    };
  });

const detailsOf = (refused: DomainError): readonly string[] =>
  refused instanceof InvalidInput ? refused.problems.map(({ field, message }) => `${field}: ${message}`) : [];
