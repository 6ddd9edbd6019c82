import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { HttpUser } from './http-user.js';

/** What a tool answered. */
export interface Told {
  readonly isError: boolean;
  readonly result?: ReturnType<JSON['parse']>;
  readonly status?: number;
  readonly message?: string;
  readonly next?: string;
}

/** An agent with the official client of the Model Context Protocol. */
export class McpAgent {
  private constructor(
    private readonly client: Client,
    private readonly headers: Record<string, string>,
  ) {}

  /** @throws if the token opens nothing */
  static async of(url: string, { accessToken }: Pick<HttpUser, 'accessToken'>): Promise<McpAgent> {
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } });
    const headers: Record<string, string> = {};
    const agent = new McpAgent(client, headers);
    agent.useToken(accessToken);
    await client.connect(
      new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit: { headers } }),
    );
    return agent;
  }

  /** For every call from now on. */
  useToken(token: string | undefined): void {
    delete this.headers['authorization'];
    if (token !== undefined) this.headers['authorization'] = `Bearer ${token}`;
  }

  /** In the order of the alphabet. */
  async tools(): Promise<readonly string[]> {
    return (await this.client.listTools()).tools.map(({ name }) => name).toSorted();
  }

  /** @throws if the token has no such tool, or opens nothing any more */
  async call(name: string, args: Readonly<Record<string, unknown>> = {}): Promise<Told> {
    const { isError = false, structuredContent } = await this.client.callTool({ name, arguments: args });
    return { ...(structuredContent as object), isError };
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
