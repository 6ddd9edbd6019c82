import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../shared/domain-error.js';
import { validationPipe } from '../input/validation.pipe.js';
import { PageQueryDto } from './paging.js';

describe('The query of a list', () => {
  const read = (query: Record<string, unknown>): Promise<PageQueryDto> =>
    validationPipe().transform(query, { type: 'query', metatype: PageQueryDto });

  it('is read from text, and unknown items are dropped [C-02]', async () => {
    const query = await read({ pageNumber: '2', pageSize: '200', sort: 'name', fields: 'x' });
    expect({ ...query }).toEqual({ pageNumber: 2, pageSize: 200, sort: 'name' });
    expect(await read({})).toBeInstanceOf(PageQueryDto);
  });

  it.each([
    ['pageNumber', '0'],
    ['pageNumber', '-1'],
    ['pageNumber', '1.5'],
    ['pageNumber', 'two'],
    ['pageNumber', ''],
    ['pageNumber', ['1', '2']],
    ['pageSize', '0'],
    ['pageSize', '201'],
    ['pageSize', 'all'],
    ['sort', ['code', 'name']],
  ])('is refused with %s=%j, naming the item [W-45, P-51]', async (name, value) => {
    const refusal = await read({ [name]: value }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(InvalidInput);
    expect(refusal).toMatchObject({
      problems: expect.arrayContaining([expect.objectContaining({ field: name })]),
    });
  });
});
