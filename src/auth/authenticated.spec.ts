import 'reflect-metadata';
import type { ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { describe, expect, it } from 'vitest';
import { FOR_SHOPPERS } from '../http/errors/refusals.js';
import { Unauthenticated } from '../shared/domain-error.js';
import type { Access } from './access.types.js';
import { Authenticated, Caller, CurrentService, declaredAccess, Public } from './authenticated.js';

const declaredBy = (decorate: ClassDecorator) => {
  class Controller {
    handle(): void {}
  }
  decorate(Controller);
  return { access: declaredAccess(Controller.prototype.handle, Controller), Controller };
};

/** What the parameter is given for a request of this caller. */
const given = (decorate: ParameterDecorator, principal: object | undefined): unknown => {
  class Controller {
    handle(): void {}
  }
  decorate(Controller.prototype, 'handle', 0);
  const [parameter]: { factory: (data: unknown, context: ExecutionContext) => unknown }[] = Object.values(
    Reflect.getMetadata(ROUTE_ARGS_METADATA, Controller, 'handle'),
  );
  return parameter?.factory(undefined, new ExecutionContextHost([{ principal }]));
};

describe('A route declares', () => {
  it('who may call it, or which proof it checks instead [P-32]', () => {
    expect(declaredBy(Authenticated('customer', 'service')).access).toEqual({
      access: ['customer', 'service'],
      proofs: [],
    });
    expect(declaredBy(Public()).access).toEqual({ access: [], proofs: ['nothing'] });
    expect(declaredBy(Public('client-id')).access).toEqual({ access: [], proofs: ['client-id'] });
    expect(declaredBy(() => undefined).access).toBeUndefined();
  });

  it.each<[Access[], boolean]>([
    [['anonymous'], true],
    [['customer', 'scope:site.site_read'], true],
    [['unexpired-shopper'], true],
    [['service', 'scope:site.site_read'], false],
  ])('in its description whether it is for shoppers: %j is %s', (access, isFor) => {
    const { Controller } = declaredBy(Authenticated(...access));
    const described = Reflect.getMetadata('swagger/apiExtension', Controller);
    expect(described).toEqual({ [FOR_SHOPPERS]: isFor });
  });
});

describe('A handler is given', () => {
  const customer = { kind: 'customer' };
  const service = { kind: 'service' };

  it('the caller whom the guard let in', () => {
    for (const one of [customer, service]) expect(given(Caller(), one)).toBe(one);
    expect(() => given(Caller(), undefined)).toThrow(Unauthenticated);
  });

  it('a service, where it asks for one, and nobody else', () => {
    expect(given(CurrentService(), service)).toBe(service);
    for (const one of [customer, undefined]) {
      expect(() => given(CurrentService(), one)).toThrow(Unauthenticated);
    }
  });
});
