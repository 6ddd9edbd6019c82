import { Flag } from './flag.decorator.js';

/** Query of a PUT that may leave fields out. */
export class PartialDto {
  @Flag({
    description: 'Whether to keep the fields that the body leaves out, instead of removing them.',
    default: false,
  })
  partial = false;
}
