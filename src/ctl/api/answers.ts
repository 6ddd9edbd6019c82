import { z } from 'zod';
import { CommandFailure, type FailureDetails } from '../io/command-failure.js';
import { EXIT, type ExitCode } from '../io/exit-codes.js';

const problem = z.object({
  detail: z.string().optional(),
  message: z.string().optional(),
  error_description: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});

const EXIT_OF: Readonly<Record<number, ExitCode>> = {
  401: EXIT.notAllowed,
  403: EXIT.notAllowed,
  404: EXIT.notFound,
  502: EXIT.unreachable,
  503: EXIT.unreachable,
  504: EXIT.unreachable,
};

/** What a response that is no success means for the person who typed the command. */
export async function failureOf(response: Response, url: string): Promise<CommandFailure> {
  const text = await response.text();
  const body = problem.safeParse(jsonOf(text));
  const { detail, message, error_description: description, errors } = body.data ?? {};
  const told = detail ?? description ?? message;
  const details: FailureDetails = { status: response.status, ...(errors && { errors }) };
  const lines = [
    told ?? `${new URL(url).origin} answers ${response.status}`,
    ...(errors ?? []).map((error) => `  ${error.field}: ${error.message}`),
    ...adviceFor(response),
  ];
  return new CommandFailure(lines.join('\n'), EXIT_OF[response.status] ?? EXIT.failed, details);
}

function adviceFor(response: Response): readonly string[] {
  const { status } = response;
  if (status === 429) {
    const seconds = response.headers.get('retry-after');
    return [`Too many requests: try again ${seconds === null ? 'later' : `in ${seconds} s`}`];
  }
  return [];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
