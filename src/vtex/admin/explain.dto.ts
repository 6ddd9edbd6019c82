import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Json } from '../../shared/json.js';
import type { InputHints } from '../cycle/input-hints.js';
import type { PlannedSession } from '../cycle/session-cycle.service.js';
import { ANY_JSON } from '../sessions/session.dto.js';
import { isAnswered } from '../transforms/engine.rules.js';
import type { Values } from '../values/app.types.js';
import { partsOf } from '../values/parameters.rules.js';
import type { Explanation } from './explain.service.js';

/** The parameters that have a name in the Emporix dialect too. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['store.channel', 'siteCode'],
  ['store.currencyCode', 'currency'],
  ['store.countryCode', 'targetLocation'],
  ['store.cultureInfo', 'language'],
  ['checkout.cartId', 'cartId'],
  ['authentication.storeUserId', 'customerId'],
]);

export class ExplainedValueDto {
  @ApiProperty({ example: 'store.currencyCode', description: 'Name of the value in the VTEX dialect.' })
  name!: string;

  @ApiPropertyOptional({
    example: 'currency',
    description: 'Name of the value in the session context. Absent if it has none there.',
  })
  contextName?: string;

  @ApiProperty({
    oneOf: ANY_JSON,
    example: 'EUR',
    description: 'The value, as the shopper or an app set it: any JSON.',
  })
  value!: Json;

  @ApiProperty({
    example: 'site',
    description:
      'Who or what set the value: `site`, `profile`, `login-query`, `login`, `cart`, `shopper`, `employee` ' +
      'or `app:<name>`.',
  })
  source!: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Time at which the value was set. Absent if nobody set it.',
  })
  since?: string;
}

class ExplainedCartDto {
  @ApiProperty({ example: '65141d687308095e25ca0671', description: 'Id of the cart.' })
  id!: string;

  @ApiProperty({ example: 'main', description: 'Code of the cart’s site.' })
  siteCode!: string;

  @ApiProperty({ example: 'EUR', description: 'ISO 4217 code of the cart’s currency.' })
  currency!: string;
}

export class ExplanationDto {
  @ApiPropertyOptional({
    type: ExplainedCartDto,
    description:
      'The cart that the context names. Its site and currency may differ from those of the context.',
  })
  cart?: ExplainedCartDto;

  @ApiProperty({ type: [ExplainedValueDto], description: 'The values of the session.' })
  values!: ExplainedValueDto[];
}

export const toExplanationDto = ({ values, cart }: Explanation): ExplanationDto => ({
  ...(cart && { cart: { id: cart.id, siteCode: cart.siteCode, currency: cart.currency } }),
  values: [...values].map(([name, { value, source, at }]) => {
    const contextName = contextNameOf(name);
    return {
      name,
      ...(contextName !== undefined && { contextName }),
      value,
      source,
      ...(at && { since: at.toISOString() }),
    };
  }),
});

function contextNameOf(name: string): string | undefined {
  const { namespace, key } = partsOf(name);
  return namespace === 'public' ? `context.${key}` : OTHER_NAMES.get(name);
}

class DryCallDto {
  @ApiProperty({ example: 'vtex.rnb-session', description: 'Name of the app.' })
  app!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { 'public.utm_source': 'x' },
    description: 'Inputs that the app would receive, by parameter.',
  })
  inputs!: Readonly<Record<string, string>>;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { nullable: true },
    description:
      'Outputs of the app, by parameter: texts, lists and objects; null removes a value. Absent if the app failed or ' +
      'refused.',
  })
  outputs?: Readonly<Record<string, Json>>;

  @ApiProperty({ example: 0.4, description: 'How long the call took, in milliseconds.' })
  milliseconds!: number;
}

class DryRoundDto {
  @ApiProperty({
    enum: ['create', 'transform'],
    description:
      'Whether the round creates the session’s values (`create`) or reacts to changes (`transform`).',
  })
  kind!: string;

  @ApiProperty({ type: [DryCallDto], description: 'The calls of this round.' })
  calls!: DryCallDto[];
}

class DryChangeDto {
  @ApiProperty({ example: 'rnb.campaigns', description: 'Name of the parameter.' })
  name!: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Value before the change; null if there was none.',
  })
  before!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: 'vip',
    description: 'Value after the change; null if there is none.',
  })
  after!: string | null;
}

export class DryRunDto {
  @ApiProperty({
    type: [DryRoundDto],
    description: 'Rounds of the cycle, in order. The calls of a round are made in parallel.',
  })
  rounds!: DryRoundDto[];

  @ApiProperty({ type: [DryChangeDto], description: 'The values that would change.' })
  changes!: DryChangeDto[];

  @ApiProperty({
    type: [String],
    description: 'Names of the apps that would keep changing values until the limit of rounds stops them.',
  })
  looping!: string[];

  @ApiProperty({
    type: [String],
    example: ['public.geoCoordinates'],
    description: 'Inputs that no app can use, as in the header `X-Session-Inputs-Ignored`.',
  })
  ignored!: string[];

  @ApiProperty({
    type: [String],
    description: 'Inputs that are missing, as in the header `X-Session-Inputs-Missing`.',
  })
  missing!: string[];
}

export const toDryRunDto = ({ cycle, milliseconds, before, hints }: PlannedSession): DryRunDto => ({
  rounds: cycle.rounds.map(({ kind, calls }, round) => ({
    kind,
    calls: calls.map(({ app, inputs, answer }, call) => ({
      app: app.name,
      inputs: Object.fromEntries(inputs),
      ...(isAnswered(answer) && { outputs: Object.fromEntries(answer) }),
      milliseconds: milliseconds[round]?.[call] ?? 0,
    })),
  })),
  changes: changesOf(before, cycle.values),
  looping: [...cycle.looping],
  ...listed(hints()),
});

const listed = ({ ignored, missing }: InputHints): Pick<DryRunDto, 'ignored' | 'missing'> => ({
  ignored: [...ignored],
  missing: [...missing],
});

function changesOf(before: Values, after: Values): DryChangeDto[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const differing = names.filter((name) => before.get(name) !== after.get(name));
  return differing.map((name) => ({
    name,
    before: before.get(name) ?? null,
    after: after.get(name) ?? null,
  }));
}
