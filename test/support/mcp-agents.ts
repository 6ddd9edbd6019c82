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
  private constructor(private readonly client: Client) {}

  /** @throws if the token opens nothing */
  static async of(url: string, { accessToken }: Pick<HttpUser, 'accessToken'>): Promise<McpAgent> {
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } });
    const headers: Record<string, string> =
      accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` };
    await client.connect(
      new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit: { headers } }),
    );
    return new McpAgent(client);
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
