import type { FastifyInstance } from 'fastify';
import findMyWay, { type HTTPMethod } from 'find-my-way';
import { type RouteTraits, traitsIn } from '../route-traits.js';

export interface KnownRoute {
  /** `/cart/:tenant/carts` */
  readonly template: string;
  readonly traits: RouteTraits;
}

const METHODS: readonly HTTPMethod[] = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'];

/**
 * Tells which route a method and a URL would reach, for decisions that reach none: a preflight, or a method that the
 * path does not have. It is Fastify's own router with the same options, so that both always agree.
 */
export class RouteTable {
  private readonly router: findMyWay.Instance<findMyWay.HTTPVersion.V1>;

  /** Create it before the routes are declared. */
  constructor(fastify: FastifyInstance, maxParamLength: number) {
    this.router = findMyWay({ ignoreTrailingSlash: true, maxParamLength });
    fastify.addHook('onRoute', ({ url, method, config }) => {
      const route: KnownRoute = { template: url, traits: traitsIn(config) };
      for (const one of METHODS) {
        if ([method].flat().includes(one) && !this.router.hasRoute(one, url))
          this.router.on(one, url, noHandler, route);
      }
    });
  }

  find(method: string, url: string): KnownRoute | undefined {
    const wanted = METHODS.find((one) => one === method);
    const found = wanted && this.router.find(wanted, url);
    return isKnownRoute(found?.store) ? found.store : undefined;
  }

  /**
   * In alphabetical order. `/carts/search` has only the methods that are declared for it: `GET` there would reach
   * `/carts/:cartId`, which is another resource.
   */
  methodsAt(url: string): readonly { readonly method: string; readonly route: KnownRoute }[] {
    const known = METHODS.flatMap((method) => {
      const route = this.find(method, url);
      return route ? [{ method, route }] : [];
    });
    const fewest = Math.min(...known.map(({ route }) => parametersOf(route)));
    return known.filter(({ route }) => parametersOf(route) === fewest);
  }
}

const parametersOf = ({ template }: KnownRoute): number => template.split('/:').length;

const noHandler = (): void => undefined;

const isKnownRoute = (store: unknown): store is KnownRoute =>
  typeof store === 'object' && store !== null && 'template' in store;
