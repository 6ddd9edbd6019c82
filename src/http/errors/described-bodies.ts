import type { OpenAPIObject } from '@nestjs/swagger';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type Schema = Schemas[string];

/** Describes that an answer reduced by `fields` may lack even required properties. */
export function describeProjection({ parameters = [], responses }: Operation): void {
  const answer = responses[200];
  const picks = parameters.some((one) => 'in' in one && one.in === 'query' && one.name === 'fields');
  const content = picks && answer && 'content' in answer ? answer.content?.['application/json'] : undefined;
  if (!content?.schema) return;
  const parts: Schema = { description: 'Only the parts that `fields` names.' };
  content.schema = { anyOf: [content.schema, parts] };
}

/** Describes that null is accepted for a field that may be left out, with the same meaning: see `OptionalField`. */
export function acceptNulls({ paths, components }: OpenAPIObject): void {
  const schemas = components?.schemas ?? {};
  const sent = new Set<string>();
  const visit = (part: unknown): void => {
    for (const name of namesIn(part)) {
      if (sent.has(name)) continue;
      sent.add(name);
      visit(schemas[name]);
    }
  };
  for (const item of Object.values(paths)) {
    for (const operation of [item.post, item.put, item.patch, item.delete]) {
      visit(operation?.requestBody);
      acceptNoBody(operation);
    }
  }
  for (const name of sent) {
    const schema = schemas[name];
    if (schema && !('$ref' in schema)) schema.properties = withNulls(schema.properties, schema.required);
  }
}

/** Describes that a body that may be left out may also be null. */
function acceptNoBody(operation: Operation | undefined): void {
  const body = operation?.requestBody;
  const content =
    body && 'content' in body && body.required !== true ? body.content['application/json'] : undefined;
  if (content?.schema) content.schema = { anyOf: [content.schema, { type: 'null' }] };
}

const namesIn = (part: unknown): readonly string[] =>
  [...JSON.stringify(part ?? {}).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);

const withNulls = (properties: Record<string, Schema> = {}, required: readonly string[] = []) =>
  Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [
      name,
      required.includes(name) || 'anyOf' in schema ? schema : { anyOf: [schema, { type: 'null' }] },
    ]),
  );
