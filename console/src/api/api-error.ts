/** One field that the service refused, and why. */
export interface FieldProblem {
  readonly field?: string;
  readonly message: string;
}

/** A refusal of the service, or no answer at all (`status` 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly problems: readonly FieldProblem[] = [],
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** The families of routes word their errors differently: RFC 9457, RFC 6749, Emporix. */
export function errorOf(status: number, body: unknown): ApiError {
  const fields: Readonly<Record<string, unknown>> = isRecord(body) ? body : {};
  const fault = isRecord(fields.fault) ? fields.fault.faultstring : undefined;
  const texts = [fields.detail, fields.message, fields.error_description, fault, fields.title];
  const text = texts.find((one): one is string => typeof one === 'string' && one !== '');
  const listed = Array.isArray(fields.errors) ? fields.errors : fields.details;
  return new ApiError(status, text ?? `HTTP ${status}`, problemsOf(listed), fields);
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function problemsOf(listed: unknown): readonly FieldProblem[] {
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((one: unknown): FieldProblem[] => {
    if (typeof one === 'string') return [{ message: one }];
    if (!isRecord(one) || typeof one.message !== 'string') return [];
    return [{ message: one.message, ...(typeof one.field === 'string' && { field: one.field }) }];
  });
}
