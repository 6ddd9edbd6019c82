import { Injectable } from '@nestjs/common';
import { DefaultValuesService, type Session } from '../../session/index.js';
import { Clock } from '../../shared/clock.js';
import { paced } from '../../shared/pace.js';
import { type Site, SiteRepository } from '../../site-settings/index.js';
import { Audiences } from '../audience.js';
import { PriceModelRepository } from '../price-model.repository.js';
import { SiteNotOpen } from '../price.errors.js';
import { PriceRepository } from '../price.repository.js';
import { keyOfPrincipal } from '../price.rules.js';
import { ANY, type Price, type PricePrincipal } from '../price.types.js';
import { bestPrice, isForAudience, pricesByItem } from './match.rules.js';
import type { MatchedPrice, NamedPrices, PriceContext, WantedItem } from './match.types.js';

export interface MatchRequest extends Omit<PriceContext, 'customerId'> {
  readonly principal?: PricePrincipal;
  /** Whether items without a price at the site get their price at the tenant's default site. */
  readonly useFallback: boolean;
}

/** One entry per item, in the order of the items; undefined where no price matches. */
export type Matches = readonly (MatchedPrice | undefined)[];

/** Works out what items cost, for whom and where. */
@Injectable()
export class PriceService {
  constructor(
    private readonly prices: PriceRepository,
    private readonly models: PriceModelRepository,
    private readonly sites: SiteRepository,
    private readonly audiences: Audiences,
    private readonly defaultValues: DefaultValuesService,
    private readonly clock: Clock,
  ) {}

  find(tenant: string, id: string): Promise<Price | undefined> {
    return this.prices.find(tenant, id);
  }

  /** @throws SiteNotOpen */
  async matchFor({ customerId, ...context }: PriceContext, items: readonly WantedItem[]): Promise<Matches> {
    const principal =
      customerId === undefined ? {} : { principal: { type: 'CUSTOMER', id: customerId } as const };
    return this.match({ ...context, ...principal, useFallback: false }, items);
  }

  /**
   * Matches for the session's context or, before the first cart, for the values it would get; none is created (W-62).
   */
  async matchOwn(session: Session, items: readonly WantedItem[]): Promise<Matches> {
    const { tenant, customerId, legalEntityId } = session;
    const { siteCode, currency, targetLocation } = session.context ?? (await this.defaultValues.of(session));
    const values = {
      siteCode: siteCode.value,
      currency: currency.value,
      targetLocation: targetLocation.value,
      ...(legalEntityId !== undefined && { legalEntityId }),
    };
    return this.matchFor({ tenant, ...values, ...(customerId !== undefined && { customerId }) }, items);
  }

  /** @throws SiteNotOpen */
  async match(request: MatchRequest, items: readonly WantedItem[]): Promise<Matches> {
    const { tenant, siteCode, currency, targetLocation: country } = request;
    const [site, audience] = await Promise.all([
      this.sites.find(tenant, siteCode),
      this.audienceOf(tenant, request.principal, request.legalEntityId),
    ]);
    if (!site?.active) throw new SiteNotOpen(siteCode);
    const [prices, models] = await Promise.all([
      this.pricesOf(tenant, items, { currency, audience: [ANY, ...audience] }),
      this.models.list(tenant),
    ]);
    const at = this.clock.now();
    const pricesOf = pricesByItem(prices);
    const bestAt = ({ code, includesTax }: Site, item: WantedItem) => {
      const gross = includesTax === undefined ? {} : { includesTax };
      const criteria = { siteCode: code, currency, country, audience, at, ...gross };
      return bestPrice(pricesOf(item), models, item, criteria);
    };
    const main = request.useFallback ? await this.sites.findDefault(tenant) : undefined;
    // Pauses between items: those with a hundred prices each would make other requests wait too long.
    return paced(items, (item) => bestAt(site, item) ?? (main && bestAt(main, item)));
  }

  /**
   * Looks up prices by id. Models, groups and the country are read only if one of the prices depends on them, so adding
   * an item to a cart usually costs one read.
   * @param country called at most once
   */
  async named(
    { tenant, siteCode, currency, customerId, legalEntityId }: Omit<PriceContext, 'targetLocation'>,
    country: () => Promise<string>,
    priceIds: readonly string[],
  ): Promise<NamedPrices> {
    const prices = await this.prices.findAll(tenant, priceIds);
    const principal = customerId === undefined ? undefined : ({ type: 'CUSTOMER', id: customerId } as const);
    const [models, audience, targetLocation] = await Promise.all([
      prices.some(({ priceModelId }) => priceModelId !== undefined) ? this.models.list(tenant) : [],
      prices.every((price) => isForAudience(price, [ANY]))
        ? []
        : this.audienceOf(tenant, principal, legalEntityId),
      prices.every((price) => price.country === ANY) ? ANY : country(),
    ]);
    const at = this.clock.now();
    const criteria = { siteCode, currency, country: targetLocation, audience: [ANY, ...audience], at };
    const pricesOf = pricesByItem(prices);
    return (id, quantity) => {
      const wanted = { itemId: { itemType: 'PRICE', id }, quantity: { quantity } } as const;
      return bestPrice(pricesOf(wanted), models, wanted, criteria);
    };
  }

  private async audienceOf(
    tenant: string,
    principal: PricePrincipal | undefined,
    legalEntityId: string | undefined,
  ): Promise<readonly string[]> {
    if (principal?.type === 'GROUP') return [keyOfPrincipal(principal)];
    return this.audiences.of(tenant, principal?.id, legalEntityId);
  }

  private async pricesOf(
    tenant: string,
    items: readonly WantedItem[],
    limits: { readonly currency: string; readonly audience: readonly string[] },
  ): Promise<readonly Price[]> {
    const idsOf = (named: boolean): readonly string[] => [
      ...new Set(
        items.filter(({ itemId }) => (itemId.itemType === 'PRICE') === named).map(({ itemId }) => itemId.id),
      ),
    ];
    const [named, ofItems] = await Promise.all([
      this.prices.findAll(tenant, idsOf(true)),
      this.prices.ofItems(tenant, { itemIds: idsOf(false), ...limits }),
    ]);
    return [...named, ...ofItems];
  }
}
