/** What an answer includes on request. */
export interface Expand {
  readonly addresses: boolean;
  readonly accounts: boolean;
  /** Names of mixins. Absent means all of them. */
  readonly mixins?: readonly string[];
}

const MIXIN = 'mixin:';

/** @param wanted the items of the query parameter; unknown ones are ignored, as Emporix does */
export function expandOf(wanted: readonly string[]): Expand {
  const names = wanted.filter((one) => one.startsWith(MIXIN)).map((one) => one.slice(MIXIN.length));
  const isAll = wanted.includes('mixin') || names.includes('*');
  return {
    addresses: wanted.includes('addresses'),
    accounts: wanted.includes('accounts'),
    ...(!isAll && { mixins: names }),
  };
}
