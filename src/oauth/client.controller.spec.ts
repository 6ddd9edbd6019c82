import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestClock } from '../../test/support/test-clock.js';
import type { ServicePrincipal } from '../auth/index.js';
import { readConfig } from '../config/config.schema.js';
import { TargetAddresses } from '../http/upstream/target-addresses.js';
import { EmbeddedStorage } from '../storage/embedded/embedded-storage.js';
import { ClientController } from './client.controller.js';
import { ClientNotFound } from './client.errors.js';
import { ClientService } from './client.service.js';
import type { NewClientDto } from './dto/client.dto.js';
import { RememberedClients } from './remembered-clients.js';
import { RevokedTokens } from './revocation/revoked-tokens.js';

/** Records the headers of an answer. */
class Reply {
  readonly headers: Record<string, unknown> = {};
  header(name: string, value: unknown): this {
    this.headers[name] = value;
    return this;
  }
  get fastify(): FastifyReply {
    return this as unknown as FastifyReply;
  }
}

const by: ServicePrincipal = {
  kind: 'service',
  tenant: 'acme',
  clientId: 'manager',
  scopes: ['client.client_manage', 'site.site_read'],
  expiresAt: new Date('2026-01-15T12:00:00.000Z'),
};
const DRAFT: NewClientDto = {
  clientId: 'order.export',
  kind: 'backend',
  name: 'Order export',
  scopes: ['site.site_read'],
};

describe('The clients that a manager sees', () => {
  let folder: string;
  let storage: EmbeddedStorage;
  let clock: TestClock;
  let controller: ClientController;
  const create = async (draft: Parameters<ClientController['create']>[1]) => {
    const reply = new Reply();
    return { body: await controller.create(by, draft, reply.fastify), reply };
  };
  const list = async (query: object, counted = false) => {
    const reply = new Reply();
    const rows = await controller.list(by, query, counted, reply.fastify);
    return { ids: rows.map(({ clientId }) => clientId), rows, total: reply.headers['X-Total-Count'] };
  };

  beforeAll(async () => {
    Logger.overrideLogger(false);
    folder = await mkdtemp(join(tmpdir(), 'client-controller-'));
    storage = await EmbeddedStorage.open(folder);
    clock = new TestClock();
    const remembered = new RememberedClients(
      storage.clients,
      storage.tenants,
      new RevokedTokens(storage.spentJwts, clock),
      clock,
    );
    controller = new ClientController(
      new ClientService(storage.clients, remembered, new TargetAddresses(readConfig({})), clock),
      clock,
    );
  });
  afterAll(async () => {
    Logger.overrideLogger(['log', 'warn', 'error']);
    await storage.close();
    await rm(folder, { recursive: true });
  });

  it('show a new secret once, when it is made, and afterwards only the client [P-03]', async () => {
    const { body, reply } = await create(DRAFT);
    expect(body).toMatchObject({ ...DRAFT, enabled: true, metadata: { version: 1 } });
    expect(body.secret).toMatch(/^[\w-]{43}$/);
    expect(reply.headers['Location']).toBe('/admin/acme/clients/order.export');
    const { secret: _once, ...rest } = body;
    expect(await controller.read(by, DRAFT.clientId)).toStrictEqual(rest);
    expect((await list({})).rows).toStrictEqual([rest]);
  });

  it('show no secret of a storefront, which has none', async () => {
    const { body } = await create({ clientId: 'kiosk', kind: 'storefront', enabled: false });
    expect(body).not.toHaveProperty('secret');
    expect(body).toMatchObject({ clientId: 'kiosk', kind: 'storefront', enabled: false });
  });

  it.each([
    ['clientId:kiosk', ['kiosk']],
    ['kind:backend', ['order.export']],
    ['kind:storefront', ['kiosk']],
    ['name:"Order export"', ['order.export']],
    ['name:missing', ['kiosk']],
    ['enabled:true', ['order.export']],
    ['enabled:false', ['kiosk']],
    ['enabled:TRUE kind:storefront', []],
  ])('are found by %s [W-60, W-61]', async (q, ids) => {
    expect((await list({ q })).ids).toEqual(ids);
  });

  it('are sorted by id, and by nothing else [W-60]', async () => {
    expect((await list({})).ids).toEqual(['kiosk', 'order.export']);
    expect((await list({ sort: 'clientId:desc' })).ids).toEqual(['order.export', 'kiosk']);
    await expect(list({ sort: 'name' })).rejects.toThrow(/^sort: must be one of clientId;/);
    await expect(list({ q: 'secrets:exists' })).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('come in pages, with a total on request [W-60]', async () => {
    expect(await list({ pageSize: 1, pageNumber: 2 }, true)).toMatchObject({
      ids: ['order.export'],
      total: 2,
    });
    expect((await list({ pageSize: 1 })).total).toBeUndefined();
  });

  it('show the next secret once too, and until when the earlier one is valid', async () => {
    const renewed = await controller.renewSecret(by, DRAFT.clientId, {
      overlapSeconds: 60,
      metadata: { version: 1 },
    });
    expect(renewed.secret).toMatch(/^[\w-]{43}$/);
    const { secret: _once, ...rest } = renewed;
    expect(rest).toMatchObject({
      earlierSecretsEndAt: [new Date(clock.now().getTime() + 60_000).toISOString()],
      metadata: { version: 2 },
    });
    expect(await controller.read(by, DRAFT.clientId)).toStrictEqual(rest);
    clock.advanceSeconds(60);
    expect((await controller.read(by, DRAFT.clientId)).earlierSecretsEndAt).toEqual([]);
  });

  it('show what was changed and keep the rest', async () => {
    const changed = await controller.change(by, DRAFT.clientId, {
      name: 'Export',
      metadata: { version: 2 },
    });
    expect(changed).toMatchObject({ ...DRAFT, name: 'Export', enabled: true, metadata: { version: 3 } });
    const off = { enabled: false, scopes: ['client.client_manage'], metadata: { version: 3 } };
    expect(await controller.change(by, DRAFT.clientId, off)).toMatchObject({
      name: 'Export',
      enabled: false,
      scopes: ['client.client_manage'],
    });
  });

  it('are not found once they are removed', async () => {
    await controller.remove(by, DRAFT.clientId);
    await expect(controller.read(by, DRAFT.clientId)).rejects.toThrow(ClientNotFound);
    expect((await list({})).ids).toEqual(['kiosk']);
  });
});
