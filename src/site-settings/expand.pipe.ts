import { Injectable, type PipeTransform } from '@nestjs/common';
import { InvalidInput } from '../shared/domain-error.js';
import { type Expansion, parseExpand } from './expand.rules.js';

/** Reads the query parameter `expand`. */
@Injectable()
export class ExpandPipe implements PipeTransform<unknown, Expansion> {
  transform(value: unknown): Expansion {
    if (value === undefined || typeof value === 'string') return parseExpand(value);
    throw InvalidInput.of('expand', 'must be sent once: separate its parts by commas');
  }
}
