import { wholeNumber } from './values.ts';

/** How much one request may carry, and how much one shopper may store. */
export const amountSettings = {
  BODY_LIMIT_BYTES: wholeNumber(1024, 10_485_760)
    .default(1_048_576)
    .describe('Limit of the body of one request. A larger one is 413.'),
  BODY_MAX_VALUES: wholeNumber(1000, 10_000_000)
    .default(20_000)
    .describe(
      'How many values (objects, lists, strings, numbers and so on) the JSON of one request may have. More is 400.',
    ),
  MAX_BODY_BYTES_WAITING: wholeNumber(1_048_576, 2 ** 40)
    .default(67_108_864)
    .describe(
      'Limit of all bodies that are partly received, added together. Beyond it, the one that began first gets 503.',
    ),
  WRITTEN_BYTES_PER_MINUTE: wholeNumber(1024)
    .default(1_310_720)
    .describe(
      'How much the shoppers of one address may send for storage in a minute, URLs and bodies together. More is 429. ' +
        'Each instance counts separately. Backends are not counted.',
    ),
  NEW_CARTS_PER_MINUTE: wholeNumber(1)
    .default(120)
    .describe(
      'How many carts the shoppers of one address may make in a minute. More is 429. Each instance counts separately.',
    ),
  MAX_OPEN_CARTS: wholeNumber(1, 1_000)
    .default(20)
    .describe(
      'How many open carts one session or one customer may have, across all sites, types and legal entities.',
    ),
  MAX_CART_LINES: wholeNumber(1, 2_000).default(500).describe('How many lines one cart may have.'),
  MAX_CART_BYTES: wholeNumber(16_384, 4_194_304)
    .default(1_048_576)
    .describe(
      'Limit of one cart as JSON, including carts that are being merged into it. A larger one is 413.',
    ),
  MAX_PAGE_BYTES: wholeNumber(65_536, 67_108_864)
    .default(4_194_304)
    .describe(
      'Limit of the rows in one page of a list. The page ends before the row that would exceed it, and `X-Page-Truncated` and ' +
        '`Link` tell how to go on.',
    ),
  MAX_CUSTOMER_BYTES: wholeNumber(16_384, 4_194_304)
    .default(524_288)
    .describe('Limit of one customer as JSON, including addresses and mixins. A larger one is 413.'),
};
