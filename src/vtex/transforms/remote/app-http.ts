import { lookup as resolve, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import { Agent, type Dispatcher, request } from 'undici';
import { AppAddresses } from '../../../vtex-settings/index.js';
import { AppFailure } from './remote-app.errors.js';

const LARGEST_ANSWER_BYTES = 65_536;

/** Posts to the apps of tenants. Anybody may run one, so their answers are not trusted. */
@Injectable()
export class AppHttp implements OnApplicationShutdown {
  private readonly agent = new Agent({ connect: { lookup: this.publicLookup() } });

  constructor(private readonly addresses: AppAddresses) {}

  /**
   * @param signal aborts the call at any point
   * @returns the text of a 200 response
   * @throws AppFailure
   */
  async post(
    url: string,
    headers: Record<string, string>,
    body: string,
    signal: AbortSignal,
  ): Promise<string> {
    this.refusePrivate(url);
    try {
      // Redirects are not followed, because their target has not been checked.
      const answer = await request(url, { method: 'POST', dispatcher: this.agent, headers, body, signal });
      return await textOf(answer);
    } catch (error) {
      throw failureOf(error, signal);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }

  /** Checks hosts that are IP addresses, which are never looked up. */
  private refusePrivate(url: string): void {
    const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
    if (ipaddr.isValid(host) && !this.addresses.isAllowed(host)) throw new AppFailure('private-address');
  }

  /** Checks every connection and connects to exactly the address that was checked, so DNS can't change in between. */
  private publicLookup(): LookupFunction {
    return (hostname, options, callback) => {
      resolve(hostname, { ...options, all: true }, (error, found) => {
        if (error) return callback(error, []);
        const allowed = found.every(({ address }) => this.addresses.isAllowed(address));
        if (!allowed) return callback(new AppFailure('private-address'), []);
        answerLookup(found, options.all === true, callback);
      });
    };
  }
}

function answerLookup(
  found: readonly LookupAddress[],
  all: boolean,
  callback: Parameters<LookupFunction>[2],
): void {
  const [first] = found;
  if (all || !first) callback(null, [...found]);
  else callback(null, first.address, first.family);
}

/** Stands in for a response without a body: every value stays as it is. */
const NOTHING_TO_SAY = '{}';

async function textOf({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<string> {
  try {
    if (statusCode === 204) return NOTHING_TO_SAY;
    if (statusCode !== 200) throw new AppFailure('status');
    // A compressed body could expand to any size, and the request does not accept one.
    if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw new AppFailure('unreadable');
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of body) {
      const part = Buffer.from(chunk);
      bytes += part.length;
      if (bytes > LARGEST_ANSWER_BYTES) throw new AppFailure('too-large');
      chunks.push(part);
    }
    return Buffer.concat(chunks).toString();
  } finally {
    body.on('error', () => undefined).destroy();
  }
}

function failureOf(error: unknown, signal: AbortSignal): AppFailure {
  if (error instanceof AppFailure) return error;
  return new AppFailure(signal.aborted ? 'late' : 'unreachable', { cause: error });
}
