import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { asTenant, type ServiceOptions } from '../frame/callers.js';
import { group, serviceCommand } from '../frame/group.js';
import { show, table } from '../io/output.js';

const values = z.record(z.string(), z.string().nullable());
const dryRun = z.looseObject({
  rounds: z.array(
    z.looseObject({
      kind: z.string(),
      calls: z.array(
        z.looseObject({
          app: z.string(),
          inputs: values,
          outputs: values.optional(),
          milliseconds: z.number(),
        }),
      ),
    }),
  ),
  changes: z.array(
    z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
  looping: z.array(z.string()),
  ignored: z.array(z.string()),
  missing: z.array(z.string()),
});
type DryRun = z.infer<typeof dryRun>;

type Inputs = Readonly<Record<string, { readonly value: string | null }>>;

interface TryOptions extends ServiceOptions {
  readonly set: Inputs;
}

export function appCommands(program: Command): void {
  const apps = group(program, 'apps', 'Try the session apps of a tenant');
  serviceCommand(apps, 'try <sessionId>', {
    summary: 'Try a change of a session without saving it',
    needs: 'scope session_context.context_manage',
    more: 'The apps of the tenant are really called; nothing is saved.',
    examples: [
      ['apps try 62528895-b561-4518-bfdc-2cbf52a07845 --set country=USA --set postalCode=10001', 'a region'],
      ['apps try 62528895-b561-4518-bfdc-2cbf52a07845 --set utm_campaign=', 'as if the value were removed'],
    ],
  })
    .option('--set <key=value>', 'a value of the namespace public; may be repeated', withInput, {})
    .action(tryChange);
}

function withInput(given: string, earlier: Inputs): Inputs {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(given) ?? [];
  if (key === undefined) throw new InvalidArgumentError('It must be a key and a value, such as country=USA.');
  return { ...earlier, [key]: { value: value || null } };
}

async function tryChange(sessionId: string, { set, ...options }: TryOptions): Promise<void> {
  const service = await asTenant(options);
  const path = service.path('sessions', sessionId, 'dry-run');
  const tried = dryRun.parse(await service.post(path, { body: { public: set } }));
  show(options, tried, () => lines(tried));
}

function lines({ rounds, changes, looping, ignored, missing }: DryRun): readonly string[] {
  const calls = rounds.flatMap(({ kind, calls: made }, round) =>
    made.map(({ app, inputs, outputs, milliseconds }) => [
      round + 1,
      kind,
      app,
      pairs(inputs),
      outputs === undefined ? 'failed' : pairs(outputs),
      milliseconds,
    ]),
  );
  return [
    ...(calls.length === 0
      ? ['No app is called']
      : table(['ROUND', 'KIND', 'APP', 'INPUTS', 'OUTPUTS', 'MS'], calls)),
    '',
    ...(changes.length === 0
      ? ['Nothing would change']
      : table(
          ['WOULD CHANGE', 'FROM', 'TO'],
          changes.map(({ name, before, after }) => [name, before ?? undefined, after ?? undefined]),
        )),
    ...listed('Apps in a loop', looping),
    ...listed('Inputs that no app can use', ignored),
    ...listed('Inputs that are missing', missing),
  ];
}

const pairs = (of: Readonly<Record<string, string | null>>): string =>
  Object.entries(of)
    .map(([name, value]) => `${name}=${value ?? ''}`)
    .join(' ');

const listed = (what: string, names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : [`${what}: ${names.join(', ')}`];
