import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { Problem } from '../../shared/domain-error.js';
import { Pace } from '../../shared/pace.js';
import { takesKnownItemsOnly } from './known-items.decorator.js';
import { ruleMessages } from './rule-messages.js';
import { type FieldShape, misfitOf, shapeOf } from './shape.js';

/**
 * Builds a DTO from what a caller sent. Only the fields that the class lists are read, and each must be of the declared
 * kind. Nested objects are built one by one, so that no list holds up the event loop.
 */
export class Filling {
  readonly problems: Problem[] = [];

  constructor(private readonly pace = new Pace()) {}

  async fill<T extends object>(type: Type<T>, given: object, path = ''): Promise<T> {
    const fitting: Record<string, unknown> = {};
    const within: [string, object][] = [];
    const refused = new Set<string>();
    if (takesKnownItemsOnly(type)) this.refuseUnknown(type, given, path);
    for (const [name, field] of shapeOf(type)) {
      if (!Object.hasOwn(given, name)) continue;
      const value: unknown = Reflect.get(given, name);
      const misfit = misfitOf(field, value);
      if (misfit !== undefined) {
        refused.add(name);
        this.problems.push({ field: `${path}${name}`, message: misfit });
      } else if (isFilled(field) && typeof value === 'object' && value !== null) {
        within.push([name, await this.fillWithin(field, value, `${path}${name}`)]);
      } else fitting[name] = value;
    }
    const instance = Object.assign(plainToInstance(type, fitting), Object.fromEntries(within));
    this.validate(instance, path, refused);
    return instance;
  }

  /** To be awaited after the last field: if this took long, what follows gets a new turn of the event loop. */
  async settle(): Promise<void> {
    if (this.pace.isDue) await this.pace.rest();
  }

  private async fillWithin(field: NestedShape, value: object, path: string): Promise<object> {
    if (!Array.isArray(value)) return this.fill(field.type(), value, `${path}.`);
    const filled: object[] = [];
    for (const [place, entry] of value.entries()) {
      if (this.pace.isDue) await this.pace.rest();
      filled.push(await this.fill(field.type(), entry, `${path}.${place}.`));
    }
    return filled;
  }

  private refuseUnknown(type: Type<object>, given: object, path: string): void {
    const known = new Set(Array.from(shapeOf(type), ([name]) => name));
    const message = `is not known here; use ${[...known].join(', ')}`;
    for (const name of Object.keys(given)) {
      if (!known.has(name)) this.problems.push({ field: `${path}${name}`, message });
    }
  }

  /** Names each field by a path as a caller would write it: `address.country`, `items.0.quantity`. */
  private validate(instance: object, path: string, refused: ReadonlySet<string>): void {
    for (const { property, constraints = {} } of validateSync(instance, VALIDATION)) {
      if (refused.has(property)) continue;
      const field = `${path}${property}`;
      const messages = ruleMessages(property, constraints, Reflect.get(instance, property));
      this.problems.push(...messages.map((message) => ({ field, message })));
    }
  }
}

type NestedShape = Extract<FieldShape, { readonly kind: 'nested' | 'nestedList' }>;

const isFilled = (field: FieldShape): field is NestedShape =>
  field.kind === 'nested' || field.kind === 'nestedList';

const VALIDATION = { forbidUnknownValues: true, validationError: { target: false, value: false } } as const;
