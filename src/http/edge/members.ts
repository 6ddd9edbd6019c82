/** Something that comes and goes, and knows its place among the others. */
export interface Member {
  place: number;
}

/**
 * Members in no order, for those that come and go with each request. A Map or a Set makes a new table every few changes,
 * and each table refers to the next: once one of them is in V8's old space, it keeps all that follow, and what was in
 * them, until the next full garbage collection. Each collection of young objects then takes ten times as long
 * (`bench/PROFILE.md`).
 */
export class Members<M extends Member> {
  private readonly all: M[] = [];

  add(member: M): void {
    member.place = this.all.push(member) - 1;
  }

  /** @returns whether it was there */
  remove(member: M): boolean {
    const { place } = member;
    if (this.all[place] !== member) return false;
    const last = this.all.pop();
    if (last === undefined || last === member) return true;
    this.all[place] = last;
    last.place = place;
    return true;
  }

  /** @returns a list of its own: members may go meanwhile */
  filter(wanted: (member: M) => boolean): readonly M[] {
    return this.all.filter(wanted);
  }
}
