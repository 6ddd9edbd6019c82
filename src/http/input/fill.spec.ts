import type { Type } from '@nestjs/common';
import { PartialType } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsBoolean, IsInt, IsObject, IsString, MaxLength } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../shared/domain-error.js';
import { OptionalField } from './fields.decorator.js';
import { KnownItemsOnly } from './known-items.decorator.js';
import { Nested, NestedList } from './nested.decorator.js';
import { Raw } from './raw.decorator.js';
import { filled } from './validation.pipe.js';

class LeafDto {
  @IsInt()
  count!: number;

  @OptionalField()
  @IsString()
  @MaxLength(8)
  name?: string;
}

class TreeDto {
  @Nested(() => LeafDto)
  leaf!: LeafDto;

  @OptionalField()
  @NestedList(() => LeafDto, { max: 3 })
  leaves?: LeafDto[];

  @OptionalField()
  @IsArray()
  @ArrayMaxSize(2)
  @IsString({ each: true })
  tags?: string[];

  @Raw()
  @OptionalField()
  @IsObject()
  data?: object;

  @OptionalField()
  @IsBoolean()
  tall?: boolean;
}

@KnownItemsOnly()
class LeafQueryDto extends LeafDto {}

class TreePatchDto extends PartialType(TreeDto) {}

async function problemsOf(given: object, type: Type<object> = TreeDto): Promise<unknown> {
  try {
    await filled(type, given);
    return [];
  } catch (error) {
    return error instanceof InvalidInput ? error.problems.map((p) => `${p.field}: ${p.message}`) : error;
  }
}

const leaf = { count: 1 };

describe('A DTO', () => {
  it('is built from the fields that its class lists, with nested objects in their own classes', async () => {
    const data = JSON.parse('{"__proto__":{"constructor":1},"constructor":{"name":2}}');
    const tree = await filled(TreeDto, {
      leaf: { ...leaf, more: 1 },
      leaves: [leaf, { count: 2, name: null }],
      tags: ['a'],
      data,
      constructor: 'x',
      unknown: { deep: [] },
    });
    expect(tree).toBeInstanceOf(TreeDto);
    expect(tree.leaf).toBeInstanceOf(LeafDto);
    expect(tree.leaves?.[1]).toBeInstanceOf(LeafDto);
    expect(tree).toEqual({ leaf, leaves: [leaf, { count: 2 }], tags: ['a'], data });
    expect(tree.data).toBe(data);
  });

  it('refuses what its class does not list, if that is closed', async () => {
    expect(await problemsOf({ count: 1, nmae: 'a', constructor: 'x' }, LeafQueryDto)).toEqual([
      'nmae: is not known here; use count, name',
      'constructor: is not known here; use count, name',
    ]);
    expect(await problemsOf({ count: 1, name: 'a' }, LeafQueryDto)).toEqual([]);
  });

  it('may leave out what is optional, and null means the same', async () => {
    expect(await problemsOf({ leaf, leaves: null, tags: null, tall: null })).toEqual([]);
    expect(await problemsOf({}, TreePatchDto)).toEqual([]);
  });

  it('must have what is not optional', async () => {
    for (const given of [{}, { leaf: null }, { leaf: undefined }]) {
      expect(await problemsOf(given)).toEqual(['leaf: is missing']);
    }
  });

  it.each([
    [{ leaf: [] }, 'leaf: must be an object'],
    [{ leaf: [{}] }, 'leaf: must be an object'],
    [{ leaf: 'x' }, 'leaf: must be an object'],
    [{ leaf, leaves: {} }, 'leaves: must be a list'],
    [{ leaf, leaves: [leaf, []] }, 'leaves: must be a list of objects'],
    [{ leaf, leaves: [leaf, null] }, 'leaves: must be a list of objects'],
    [{ leaf, leaves: [leaf, leaf, leaf, leaf] }, 'leaves: must have at most 3 entries'],
    [{ leaf: { count: {} } }, 'leaf.count: must be a plain value, not an object'],
    [{ leaf: { count: [1] } }, 'leaf.count: must be one value, not a list'],
    [{ leaf: { ...leaf, name: 'x'.repeat(9) } }, 'leaf.name: must have at most 8 characters'],
    [{ leaf, tags: ['a', {}] }, 'tags: must be a list of plain values'],
    [{ leaf, tags: ['a', 'b', 'c'] }, 'tags: must have at most 2 entries'],
    [{ leaf, leaves: [leaf, { count: 'x' }] }, 'leaves.1.count: must be a whole number'],
  ])('is refused with %j, naming the field [X-01]', async (given, problem) => {
    expect(await problemsOf(given)).toEqual([problem]);
    expect(await problemsOf({ ...given }, TreePatchDto)).toEqual([problem]);
  });
});
