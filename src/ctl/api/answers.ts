import { z } from 'zod';
import { CommandFailure, type FailureDetails } from '../io/command-failure.js';
import { EXIT, type ExitCode } from '../io/exit-codes.js';

const details = z
  .array(z.union([z.string(), z.object({ field: z.string(), message: z.string() })]))
  .optional();

/** The error bodies of the admin API and of `/oauth/token`. */
const problem = z.object({
  detail: z.string().optional(),
  message: z.string().optional(),
  error_description: z.string().optional(),
  fault: z.object({ faultstring: z.string() }).optional(),
  errors: details,
  details,
});

const EXIT_OF: Readonly<Record<number, ExitCode>> = {
  401: EXIT.notAllowed,
  403: EXIT.notAllowed,
  404: EXIT.notFound,
  502: EXIT.unreachable,
  503: EXIT.unreachable,
  504: EXIT.unreachable,
};

/** Explains an unsuccessful response to the person who typed the command. */
export async function failureOf(response: Response, url: string): Promise<CommandFailure> {
  const { status } = response;
  const { data } = problem.safeParse(jsonOf(await response.text()));
  const told = data?.detail ?? data?.error_description ?? data?.message ?? data?.fault?.faultstring;
  const errors = data?.errors ?? data?.details;
  const failure: FailureDetails = { status, ...(errors && { errors }) };
  const lines = [
    told ?? `${new URL(url).origin} answers ${status}`,
    // The message already lists problems of fields, but not the missing scope.
    ...(errors ?? []).filter((error) => typeof error === 'string').map((error) => `  ${error}`),
    ...adviceFor(response, told),
  ];
  return new CommandFailure(lines.join('\n'), EXIT_OF[status] ?? EXIT.failed, failure);
}

function adviceFor({ status, headers }: Response, told: string | undefined): readonly string[] {
  if (status === 429 || status === 503) {
    const seconds = headers.get('retry-after');
    return [`Try again ${seconds === null ? 'later' : `in ${seconds} s`}`];
  }
  if (status === 404 && (told === undefined || told === NOT_SERVED)) {
    return [
      'If the service has an ADMIN_PORT, name its address by --admin-url. Without OPERATOR_SECRET, it has no operator. ' +
        'With CONSOLE=off, it has no console',
    ];
  }
  return [];
}

/** What the service says of a path that it does not know. */
const NOT_SERVED = 'Nothing is served at this path';

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
