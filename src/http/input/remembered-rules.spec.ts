import { IsInt, IsString, validateSync } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { rememberRules } from './remembered-rules.js';

class Animal {
  @IsString()
  name: unknown = 1;
}

class Dog extends Animal {
  @IsInt()
  age: unknown = 'old';
}

describe('Remembered rules', () => {
  const wrongIn = (object: object) => validateSync(object).map(({ property }) => property);

  it('are those that class-validator finds, inherited ones too, at each check', () => {
    const found = [wrongIn(new Dog()), wrongIn(new Animal())];
    expect(found).toEqual([['age', 'name'], ['name']]);
    rememberRules();
    for (let i = 0; i < 3; i += 1) expect([wrongIn(new Dog()), wrongIn(new Animal())]).toEqual(found);
    expect(wrongIn(Object.assign(new Dog(), { name: 'Rex', age: 3 }))).toEqual([]);
  });
});
