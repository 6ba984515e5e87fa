import { Inject, Injectable } from '@nestjs/common';
import { addDays, notFound } from '@komplat/kernel';
import { type Actor, Database, scopeValues, seesEverything } from '@komplat/server';
import type { Card, CardQuery } from '../../contract/card.schema.ts';
import { type RawCard, shapeCard } from './card-shape.ts';
import { seenProviders } from './visibility.ts';

const NOW = 'select billing.card_page($1, $2, $3, $4, $5, $6, $7, $8) as card';
const THEN = `select billing.card_page_at($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::timestamp at time zone 'Europe/Kyiv') as card`;

/** The subscriber card: what the account owes, by service and month, and what it paid. Cost does not grow with history. */
@Injectable()
export class CardService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * The card of a window of months. `asOf` shows what documents effective until that day say, `knownAt` what was booked until the
   * end of that day, city time. 404 when the account does not exist or lies outside of the reader's scopes.
   */
  async card(number: string, query: CardQuery, actor: Actor): Promise<Card> {
    const { months, before, asOf, knownAt } = query;
    const asked = [number, seesEverything(actor), ...SCOPES.map((kind) => scopeValues(actor, kind)), before ? `${before}-01` : null, months];
    const [row] =
      asOf === undefined && knownAt === undefined
        ? await this.database.prepared<{ card: RawCard | null }>('billing.card.page', NOW, asked)
        : await this.database.prepared<{ card: RawCard | null }>('billing.card.page-at', THEN, [
            ...asked,
            asOf ?? LAST_DAY,
            knownAt === undefined ? null : addDays(knownAt, 1),
          ]);
    if (!row?.card) throw notFound('billing.account.unknown', { number });
    const card = shapeCard(row.card, query, seenProviders(actor));
    const isEmpty = (row.card.turnover ?? []).length === 0 && card.payments.length === 0 && card.openItems.length === 0;
    return knownAt !== undefined && isEmpty ? { ...card, knownFrom: await this.knownFrom(number, knownAt) } : card;
  }

  /** A card of a day before the first booking is empty: the reader is told since when there is something to see. */
  private async knownFrom(number: string, knownAt: string): Promise<string | null> {
    const [row] = await this.database.query<{ day: string | null }>(FIRST_BOOKED, [number]);
    return row?.day && row.day > knownAt ? row.day : null;
  }
}
const SCOPES = ['district', 'account', 'house', 'provider'] as const;
const FIRST_BOOKED = `
  select to_char(min(p.booked_at) at time zone 'Europe/Kyiv', 'YYYY-MM-DD') as day from billing.posting p where p.id in (
    select posting_id from billing.accrual where account_id = registry.account_id_of($1)
    union select posting_id from billing.ledger_entry where account_id = registry.account_id_of($1))`;
const LAST_DAY = '2100-01-01';
