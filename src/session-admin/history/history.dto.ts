import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { KnownItemsOnly } from '../../http/input/known-items.decorator.js';
import { CursorPageDto } from '../../http/query/cursor-page.js';
import type { ChangedBy, NumberedEntry } from '../../session/index.js';
import type { Json } from '../../shared/json.js';

@KnownItemsOnly()
export class HistoryQueryDto extends CursorPageDto {}

const ANY_JSON = ['string', 'number', 'boolean', 'array', 'object', 'null'].map((type) => ({ type }));

class ChangedByDto {
  @ApiProperty({
    enum: ['shopper', 'employee', 'app', 'login', 'cart', 'agent', 'handover'] satisfies ChangedBy['kind'][],
    example: 'employee',
    description:
      '`login` when a guest became a customer, `cart` when the context was made for its first cart or followed a cart, ' +
      '`agent` for an agent by MCP or UCP, `handover` when another browser took the session over by a link; such an entry has ' +
      'no changes.',
  })
  kind!: string;

  @ApiPropertyOptional({
    example: 'acme-support',
    description:
      'Id of the customer or the cart, client of the employee or the agent, name of the app, or a coarse name of the ' +
      'browser that took the session over. Absent for a guest.',
  })
  id?: string;

  @ApiPropertyOptional({
    example: 'https://agent.example/profile',
    description: 'Address of the profile that the agent claimed. Only `id` is proved.',
  })
  agent?: string;
}

class FieldChangeDto {
  @ApiProperty({
    example: 'currency',
    description:
      'Name of the value; `context.<name>` for an attribute, `cart.<product>` for the quantity of a product in the cart.',
  })
  field!: string;

  @ApiPropertyOptional({
    oneOf: ANY_JSON,
    example: 'EUR',
    description: 'Value before the change: a text, or any JSON for an attribute. Absent if there was none.',
  })
  from?: Json;

  @ApiPropertyOptional({
    oneOf: ANY_JSON,
    example: 'USD',
    description: 'Value after the change. Absent if it was removed.',
  })
  to?: Json;

  @ApiPropertyOptional({
    enum: [true],
    example: true,
    description:
      'True if `from` and `to` are left out: they are longer than 256 bytes, or the tenant keeps no values of attributes.',
  })
  valuesOmitted?: boolean;
}

class HistoryEntryDto {
  @ApiProperty({
    format: 'date-time',
    example: '2026-11-21T09:30:00.000Z',
    description: 'Time of the change.',
  })
  at!: string;

  @ApiProperty({
    example: 2,
    description: 'Version of the context after the change. Values from several sources make several entries.',
  })
  version!: number;

  @ApiProperty({ type: ChangedByDto, description: 'Who made the change.' })
  by!: ChangedByDto;

  @ApiProperty({
    example: 'employee',
    description:
      'Where the values came from: `site`, `profile`, `login-query`, `login`, `cart`, `shopper`, `employee`, `agent` or `app:<name>`.',
  })
  source!: string;

  @ApiPropertyOptional({
    example: 'Customer called: cart is in the wrong currency',
    description: 'Why, in the words of the employee. Absent if none was given.',
  })
  reason?: string;

  @ApiProperty({ type: [FieldChangeDto], description: 'What changed.' })
  changes!: FieldChangeDto[];

  @ApiPropertyOptional({
    example: 3,
    description: 'Number of changes that are left out because there were too many. Absent if none.',
  })
  changesOmitted?: number;
}

export class HistoryPageDto {
  @ApiProperty({ type: [HistoryEntryDto], description: 'Entries, newest first.' })
  items!: HistoryEntryDto[];

  @ApiPropertyOptional({
    example: 'WzQyXQ',
    description: 'Cursor of the next page. Absent on the last page.',
  })
  next?: string;
}

export const toHistoryEntryDto = ({
  number: _place,
  at,
  changes,
  ...entry
}: NumberedEntry): HistoryEntryDto => ({
  ...entry,
  at: at.toISOString(),
  changes: [...changes],
});
