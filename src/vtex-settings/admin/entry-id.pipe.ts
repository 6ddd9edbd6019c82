import { Injectable, type PipeTransform } from '@nestjs/common';
import { InvalidInput } from '../../shared/domain-error.js';
import { ENTRY_ID, REGION_ID, WRONG_ID, WRONG_REGION_ID } from './dto/fields.js';

/** Checks the id of an entry in a path. */
@Injectable()
export class EntryIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (ENTRY_ID.test(id)) return id;
    throw InvalidInput.of('id', WRONG_ID);
  }
}

@Injectable()
export class RegionIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (REGION_ID.test(id)) return id;
    throw InvalidInput.of('id', WRONG_REGION_ID);
  }
}
