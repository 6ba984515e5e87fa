import { Inject, Injectable } from '@nestjs/common';
import { Money, Period } from '@komplat/kernel';
import { type Actor, Database } from '@komplat/server';
import type { CardPagesQuery, HistoryMonth, HistoryMonths, HistoryPayments, HistoryService } from '../../contract/card-pages.schema.ts';
import type { Card } from '../../contract/card.schema.ts';
import { CardService } from './card.service.ts';
import { seenProviders } from './visibility.ts';

const COLUMNS = ['opening', 'charged', 'recalculated', 'benefit', 'subsidy', 'paid', 'other', 'closing'] as const;
const ZERO = '0.00';
const LOADED_BEFORE = `select max(paid_on) as day from payments.pub_payment_v1
  where account_id = registry.account_id_of($1) and source = 'history' and posting_id is null and paid_on < $2`;

/** The history of the card in pages of months. The key of a page is the month after it, so that a new month moves nothing. */
@Injectable()
export class CardPages {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CardService) private readonly cards: CardService,
  ) {}

  async months(number: string, query: CardPagesQuery, actor: Actor): Promise<HistoryMonths> {
    const card = await this.page(number, query, actor);
    const months = card.months.filter((month) => month >= card.firstMonth);
    return { items: months.map((month) => monthOf(card, card.months.indexOf(month), month)), next: nextOf(card) };
  }

  /** Payments of the same windows of months, by the day on which they were paid; loaded ones may be older than the first month. */
  async payments(number: string, query: CardPagesQuery, actor: Actor): Promise<HistoryPayments> {
    const card = await this.page(number, query, actor);
    return { items: card.payments, next: nextOf(card) ?? (seenProviders(actor) === null ? await this.beforeFirst(number, card) : null) };
  }

  /** The month after the newest loaded payment below the page. */
  private async beforeFirst(number: string, { months }: Card): Promise<string | null> {
    const oldest = months.at(-1);
    if (oldest === undefined) return null;
    const [row] = await this.database.prepared<{ day: string | null }>('billing.card.loaded-before', LOADED_BEFORE, [number, `${oldest}-01`]);
    return row?.day ? Period.ofDay(row.day).next().toString() : null;
  }

  private page(number: string, { after, limit, asOf, knownAt }: CardPagesQuery, actor: Actor): Promise<Card> {
    return this.cards.card(number, { months: limit, before: after, asOf, knownAt }, actor);
  }
}

function nextOf({ months, firstMonth }: Card): string | null {
  const oldest = months.at(-1);
  return oldest !== undefined && oldest > firstMonth ? oldest : null;
}

function monthOf(card: Card, index: number, month: string): HistoryMonth {
  const services = card.services.flatMap((service): HistoryService[] => {
    const own = service.months[index];
    if (!own || (own.traceRef === null && COLUMNS.every((column) => own[column] === ZERO))) return [];
    const { month: _month, ...sums } = own;
    const { serviceCode, serviceName, providerCode, providerName } = service;
    return [{ ...sums, serviceCode, serviceName, providerCode, providerName }];
  });
  const sum = (column: (typeof COLUMNS)[number]): string =>
    Money.sum(services.map((service) => Money.parse(service[column]))).toString();
  return {
    month,
    opening: sum('opening'),
    charged: sum('charged'),
    recalculated: sum('recalculated'),
    benefit: sum('benefit'),
    subsidy: sum('subsidy'),
    paid: sum('paid'),
    other: sum('other'),
    closing: sum('closing'),
    awaited: card.services.some(({ months }) => {
      const own = months[index];
      return own !== undefined && own.state === 'open' && own.traceRef === null && own.charged === ZERO;
    }),
    services,
  };
}
