import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { describe, expect, it } from 'vitest';
import { Forbidden, InsufficientScope, Unauthenticated } from '../shared/domain-error.js';
import { AccessGuard } from './access.guard.js';
import type { Access } from './access.types.js';
import { Authenticated, principalOf, Public } from './authenticated.js';
import type { Credentials } from './credentials.js';

const principal = { kind: 'customer', tenant: 'acme', sessionId: 'session' };

/** Knows two tokens: of a customer of acme, and of the operator. */
function guardWith(asked: string[]): AccessGuard {
  return new AccessGuard({
    verifiedOfAnybody: async (token: string) => {
      asked.push('verified');
      if (token === 'operator') return { claims: { token_use: 'operator' } };
      if (token !== 'good') throw new Unauthenticated();
      return { claims: { tenant: 'acme' } };
    },
    expectOperator: () => void asked.push('expectOperator'),
    authenticate: async () => {
      asked.push('authenticate');
      return principal;
    },
    authenticateUnexpired: async () => {
      asked.push('authenticateUnexpired');
      return principal;
    },
  } as unknown as Credentials);
}

interface Asked {
  readonly access?: MethodDecorator & ClassDecorator;
  readonly ofController?: MethodDecorator & ClassDecorator;
  readonly headers?: Record<string, string>;
  readonly tenant?: string;
}

async function ask({ access, ofController, headers = { authorization: 'Bearer good' }, tenant }: Asked) {
  class Controller {
    handle(): void {}
  }
  if (ofController) ofController(Controller);
  const { handle } = Controller.prototype;
  if (access) access(Controller.prototype, 'handle', { value: handle });
  const request = { headers, params: tenant === undefined ? {} : { tenant } };
  const context = new ExecutionContextHost([request], Controller, handle);
  const calls: string[] = [];
  const passed = await guardWith(calls).canActivate(context);
  return { passed, calls, principal: principalOf(request as never) };
}

const customers = Authenticated('customer' satisfies Access);

describe('The guard of all routes', () => {
  it('admits the callers that the route declares, and tells the handler who they are', async () => {
    const { passed, calls, principal: told } = await ask({ access: customers, tenant: 'acme' });
    expect([passed, calls, told]).toEqual([true, ['verified', 'authenticate'], principal]);
    expect((await ask({ ofController: customers })).passed).toBe(true);
  });

  it('asks for no token if the route or its controller is declared public', async () => {
    const open = await ask({ access: Public(), ofController: customers, headers: {} });
    expect([open.passed, open.calls, open.principal]).toEqual([true, [], undefined]);
    expect((await ask({ ofController: Public('client-id'), headers: {} })).passed).toBe(true);
  });

  it('does not check the session if the route also takes tokens of ended sessions [D-03]', async () => {
    const { calls } = await ask({ access: Authenticated('unexpired-shopper') });
    expect(calls).toEqual(['verified', 'authenticateUnexpired']);
  });

  it('admits nobody to a route that declares no access [P-32]', async () => {
    await expect(ask({})).rejects.toThrow(new Forbidden('This route does not say who may call it'));
  });

  it('admits nobody without a valid token and the right to call the route', async () => {
    await expect(ask({ access: customers, headers: {} })).rejects.toThrow(Unauthenticated);
    const bad = { authorization: 'Bearer bad' };
    await expect(ask({ access: customers, headers: bad })).rejects.toThrow(Unauthenticated);
    await expect(ask({ access: Authenticated('anonymous') })).rejects.toThrow(/needs an anonymous token/);
  });

  it('admits nobody to another tenant, named by path or header [W-41, C-12, P-30]', async () => {
    const header = (name: string) => ({ authorization: 'Bearer good', 'emporix-tenant': name });
    await expect(ask({ access: customers, tenant: 'globex' })).rejects.toThrow(
      new Forbidden('The token belongs to another tenant'),
    );
    await expect(ask({ access: customers, headers: header('globex') })).rejects.toThrow(
      new Forbidden('The header Emporix-Tenant names another tenant than the token'),
    );
    expect((await ask({ access: customers, tenant: 'acme', headers: header('acme') })).passed).toBe(true);
  });

  it('admits the operator to routes of the operator, whichever tenant the path names, and to no others', async () => {
    const headers = { authorization: 'Bearer operator' };
    const {
      passed,
      calls,
      principal: told,
    } = await ask({
      access: Authenticated('operator'),
      tenant: 'globex',
      headers,
    });
    expect([passed, calls, told]).toEqual([true, ['verified', 'expectOperator'], undefined]);
    await expect(ask({ access: customers, headers })).rejects.toThrow(/opens only \/admin\/tenants/);
    await expect(ask({ access: Authenticated('operator') })).rejects.toThrow(InsufficientScope);
  });
});
