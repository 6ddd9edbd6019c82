import { Agent, type IncomingHttpHeaders, request as httpRequest } from 'node:http';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query. */
  readonly path: string;
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body, if it was JSON. */
  readonly body: any; // oxlint-disable-line typescript/no-explicit-any
}

/** The connection ended before there was an answer: nobody can tell whether the request was carried out. */
export class ConnectionLost extends Error {}

/** Nobody listened: the request was not sent. */
export class NotSent extends Error {}

/** What takes requests: one instance, or several behind a load balancer. */
export interface Endpoint {
  send(request: Request): Promise<Answer>;
}

const ANSWERS_WITHIN_MS = 45_000;

/** One instance, over kept-alive connections, with no retries: each failure is seen. */
export class Instance implements Endpoint {
  private readonly agent: Agent;

  constructor(
    readonly url: string,
    maxSockets = 512,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets });
  }

  /** @throws ConnectionLost | NotSent */
  send({ method, path, token, body, headers }: Request): Promise<Answer> {
    const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const sent = httpRequest(new URL(path, this.url), {
        method,
        agent: this.agent,
        timeout: ANSWERS_WITHIN_MS,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(payload !== undefined && {
            'content-type': 'application/json',
            'content-length': String(Buffer.byteLength(payload)),
          }),
          ...headers,
        },
      });
      sent.once('timeout', () => sent.destroy(new Error(`no answer within ${ANSWERS_WITHIN_MS} ms`)));
      sent.once('error', (error: NodeJS.ErrnoException) =>
        reject(
          error.code === 'ECONNREFUSED' ? new NotSent(error.message) : new ConnectionLost(error.message),
        ),
      );
      sent.once('response', (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.once('error', (error) => reject(new ConnectionLost(error.message)));
        response.once('end', () => {
          const text = Buffer.concat(parts).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: parsed(text) });
        });
      });
      sent.end(payload);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}
