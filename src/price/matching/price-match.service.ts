import { Injectable } from '@nestjs/common';
import { DefaultValuesService, type Session } from '../../session/index.js';
import { Clock } from '../../shared/clock.js';
import { paced } from '../../shared/pace.js';
import { type Site, SiteRepository } from '../../site-settings/index.js';
import { PriceModelRepository } from '../price-model.repository.js';
import { SiteNotOpen } from '../price.errors.js';
import { ANY, type PricePrincipal } from '../price.types.js';
import { ApplicablePrices, type Buyer, once } from './applicable-prices.service.js';
import { bestPrice, pricesByItem } from './match.rules.js';
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
    private readonly prices: ApplicablePrices,
    private readonly models: PriceModelRepository,
    private readonly sites: SiteRepository,
    private readonly defaultValues: DefaultValuesService,
    private readonly clock: Clock,
  ) {}

  /** @throws SiteNotOpen */
  matchFor(context: PriceContext, items: readonly WantedItem[]): Promise<Matches> {
    return this.matchAt({ ...context, useFallback: false }, buyerOf(context), items);
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

  /** Matches as a service asks. The legal entity is taken at its word. @throws SiteNotOpen */
  match(request: MatchRequest, items: readonly WantedItem[]): Promise<Matches> {
    const { tenant, principal, legalEntityId } = request;
    const buyer = {
      tenant,
      vouched: true,
      ...(principal && { principal }),
      ...(legalEntityId !== undefined && { legalEntityId }),
    };
    return this.matchAt(request, buyer, items);
  }

  /**
   * Looks up prices by id. Models, groups and the country are read only if one of the prices depends on them, so adding
   * an item to a cart usually costs one read.
   * @param country called at most once
   */
  async named(
    context: Omit<PriceContext, 'targetLocation'>,
    country: () => Promise<string>,
    priceIds: readonly string[],
  ): Promise<NamedPrices> {
    const { tenant, siteCode, currency } = context;
    const at = this.clock.now();
    const where = once(country);
    const place = { siteCodes: [siteCode], currency, country: where, at };
    const { prices, audience } = await this.prices.withIds(buyerOf(context), place, priceIds);
    const [models, targetLocation] = await Promise.all([
      prices.some(({ priceModelId }) => priceModelId !== undefined) ? this.models.list(tenant) : [],
      prices.every((price) => price.country === ANY) ? ANY : where(),
    ]);
    const criteria = { siteCode, currency, country: targetLocation, audience: [ANY, ...audience], at };
    const pricesOf = pricesByItem(prices);
    return (id, quantity) => {
      const wanted = { itemId: { itemType: 'PRICE', id }, quantity: { quantity } } as const;
      return bestPrice(pricesOf(wanted), models, wanted, criteria);
    };
  }

  private async matchAt(
    { tenant, siteCode, currency, targetLocation: country, useFallback }: Match,
    buyer: Buyer,
    items: readonly WantedItem[],
  ): Promise<Matches> {
    const at = this.clock.now();
    const [site, main, audience] = await Promise.all([
      this.sites.find(tenant, siteCode),
      useFallback ? this.sites.findDefault(tenant) : undefined,
      this.prices.audienceOf(buyer),
    ]);
    if (!site?.active) throw new SiteNotOpen(siteCode);
    const siteCodes = main ? [siteCode, main.code] : [siteCode];
    const place = { siteCodes, currency, country: async () => country, at };
    const [prices, models] = await Promise.all([
      this.prices.ofItems(buyer, audience, place, items),
      this.models.list(tenant),
    ]);
    const pricesOf = pricesByItem(prices);
    const bestAt = ({ code, includesTax }: Site, item: WantedItem) => {
      const gross = includesTax === undefined ? {} : { includesTax };
      const criteria = { siteCode: code, currency, country, audience, at, ...gross };
      return bestPrice(pricesOf(item), models, item, criteria);
    };
    // Pauses between items: those with a hundred prices each would make other requests wait too long.
    return paced(items, (item) => bestAt(site, item) ?? (main && bestAt(main, item)));
  }
}

type Match = Omit<PriceContext, 'customerId' | 'legalEntityId'> & Pick<MatchRequest, 'useFallback'>;

const buyerOf = ({ tenant, customerId, legalEntityId }: Omit<PriceContext, 'targetLocation'>): Buyer => ({
  tenant,
  vouched: false,
  ...(customerId !== undefined && { principal: { type: 'CUSTOMER', id: customerId } }),
  ...(legalEntityId !== undefined && { legalEntityId }),
});
