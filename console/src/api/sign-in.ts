import { checked, type Credential, reached } from './api.ts';

/** What the service tells before anybody has signed in. */
export interface ConsoleSettings {
  readonly version: string;
  readonly publicUrl?: string;
  readonly demoClients: readonly DemoClient[];
}

export interface DemoClient {
  readonly tenant: string;
  readonly clientId: string;
  readonly secret: string;
}

interface TokenAnswer {
  readonly access_token: string;
  readonly expires_in: number;
  readonly scope: string;
}

interface LinkAnswer extends TokenAnswer {
  readonly client_id: string;
}

export async function readSettings(): Promise<ConsoleSettings> {
  const response = await checked(await reached('settings.json', {}));
  return response.json();
}

export async function signInWithSecret(
  publicUrl: string,
  clientId: string,
  secret: string,
): Promise<Credential> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret,
  });
  const url = `${publicUrl === '' ? '..' : publicUrl}/oauth/token`;
  const headers = { accept: 'application/json' };
  const answer: TokenAnswer = await (
    await checked(await reached(url, { method: 'POST', body, headers }))
  ).json();
  return credentialOf(answer, clientId);
}

/** The code works once. */
export async function signInWithLink(code: string): Promise<Credential> {
  const headers = { 'content-type': 'application/json' };
  const response = await reached('sign-in', { method: 'POST', headers, body: JSON.stringify({ code }) });
  const answer: LinkAnswer = await (await checked(response)).json();
  return credentialOf(answer, answer.client_id);
}

function credentialOf({ access_token, expires_in, scope }: TokenAnswer, clientId: string): Credential {
  const words = scope.split(' ');
  const tenant = words.find((word) => word.startsWith('tenant='))?.slice('tenant='.length) ?? '';
  return {
    token: access_token,
    tenant,
    clientId,
    scopes: words.filter((word) => !word.startsWith('tenant=')),
    expiresAt: Date.now() + expires_in * 1000,
  };
}
