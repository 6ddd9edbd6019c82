import { describe, expect, it } from 'vitest';
import { type Member, Members } from './members.js';

interface Named extends Member {
  readonly name: string;
}

const named = (name: string): Named => ({ name, place: -1 });

describe('Members that come and go', () => {
  const namesOf = (members: Members<Named>): readonly string[] =>
    members
      .filter(() => true)
      .map(({ name }) => name)
      .toSorted();

  it('are there from their coming until their going, whichever goes first', () => {
    const members = new Members<Named>();
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(named) as [Named, Named, Named, Named];
    for (const one of [a, b, c]) members.add(one);
    expect(members.remove(a)).toBe(true);
    members.add(d);
    expect(namesOf(members)).toEqual(['b', 'c', 'd']);
    expect(members.remove(d)).toBe(true);
    expect(members.remove(c)).toBe(true);
    expect(namesOf(members)).toEqual(['b']);
    members.add(a);
    expect(namesOf(members)).toEqual(['a', 'b']);
  });

  it('go only once, and not before they came', () => {
    const members = new Members<Named>();
    const [a, b] = [named('a'), named('b')];
    expect(members.remove(a)).toBe(false);
    members.add(a);
    members.add(b);
    expect([members.remove(a), members.remove(a), members.remove(b), members.remove(b)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('may go while a list of them is gone through', () => {
    const members = new Members<Named>();
    for (const name of ['a', 'b', 'c', 'd']) members.add(named(name));
    for (const one of members.filter(({ name }) => name !== 'b')) members.remove(one);
    expect(namesOf(members)).toEqual(['b']);
  });
});
