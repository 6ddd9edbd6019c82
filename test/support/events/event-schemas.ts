import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

interface Message {
  readonly name: string;
  readonly payload: { readonly $ref: string };
}

interface Described {
  readonly components: { readonly messages: Readonly<Record<string, Message>>; readonly schemas: object };
}

const described: Described = parse(readFileSync('docs/events.asyncapi.yaml', 'utf8'));

const ajv = new Ajv({ allErrors: true, strict: false });
addFormats.default(ajv);
ajv.addSchema({ $id: 'events', components: { schemas: described.components.schemas } });

const schemas = new Map(
  Object.values(described.components.messages).map(({ name, payload }) => [name, `events${payload.$ref}`]),
);

/** The schema of the payload of a message: of an event, or of what a stream says about itself. */
export const schemaOf = (name: string): ValidateFunction | undefined =>
  ajv.getSchema(schemas.get(name) ?? '');

/** What is wrong with an event by `docs/events.asyncapi.yaml`. */
export function eventProblems(
  event: Readonly<Record<string, unknown>>,
  name = event.type,
): readonly string[] {
  const schema = schemaOf(String(name));
  if (!schema) return [`${String(name)} is not described`];
  return schema(event)
    ? []
    : (schema.errors ?? []).map(
        (error) => `${String(name)}: ${ajv.errorsText([error])} ${JSON.stringify(error.params)}`,
      );
}
