import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { Problem } from '../../shared/domain-error.js';
import { Pace } from '../../shared/pace.js';
import { type FieldShape, misfitOf, shapeOf } from './shape.js';

/**
 * Makes a DTO of what a caller sent. Only the fields that its class lists are looked at; each must be of the kind that
 * the class says, and objects within are made one by one, so that no list holds up the event loop.
 */
export class Filling {
  readonly problems: Problem[] = [];

  constructor(private readonly pace = new Pace()) {}

  async fill<T extends object>(type: Type<T>, given: object, path = ''): Promise<T> {
    const fitting: Record<string, unknown> = {};
    const within: [string, object][] = [];
    const refused = new Set<string>();
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

  /** To be awaited after the last field: what comes next begins with a turn of its own, if this was long. */
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

  /** The path of a field is as a caller would write it: `address.country`, `items.0.quantity`. */
  private validate(instance: object, path: string, refused: ReadonlySet<string>): void {
    for (const { property, constraints = {} } of validateSync(instance, VALIDATION)) {
      if (refused.has(property)) continue;
      const field = `${path}${property}`;
      this.problems.push(...Object.values(constraints).map((message) => ({ field, message })));
    }
  }
}

type NestedShape = Extract<FieldShape, { readonly kind: 'nested' | 'nestedList' }>;

const isFilled = (field: FieldShape): field is NestedShape =>
  field.kind === 'nested' || field.kind === 'nestedList';

const VALIDATION = { forbidUnknownValues: true, validationError: { target: false, value: false } } as const;
