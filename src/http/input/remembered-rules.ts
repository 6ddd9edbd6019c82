import { getMetadataStorage } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Rules = ReturnType<Storage['getTargetValidationMetadatas']>;

let isRemembering = false;

/**
 * Has class-validator find the rules of a class once. For each object that it checks, it looks through those of all
 * classes (0.15). The rules of a class are complete before there is an object of it, and we use neither groups nor schemas.
 */
export function rememberRules(): void {
  if (isRemembering) return;
  isRemembering = true;
  const storage = getMetadataStorage();
  const find = storage.getTargetValidationMetadatas.bind(storage);
  const known = new WeakMap<Function, Rules>();
  storage.getTargetValidationMetadatas = (type, ...how) => {
    const rules = known.get(type) ?? find(type, ...how);
    known.set(type, rules);
    return rules;
  };
}
