import { Controller, Inject, Res } from '@nestjs/common';
import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CardParams, CardQuery, Card } from '../../contract/card.schema.ts';
import { CardPagesQuery, HistoryMonths, HistoryPayments } from '../../contract/card-pages.schema.ts';
import { Changes, ChangesQuery } from '../../contract/changes.schema.ts';
import { DifferenceQuery, DifferenceView } from '../../contract/difference.schema.ts';
import { BILLING_PERMISSIONS as P } from '../../contract/permissions.ts';
import { AccountWatch } from '../services/account-watch.ts';
import { CardPages } from '../services/card-pages.ts';
import { CardService } from '../services/card.service.ts';
import { DifferenceService } from '../services/difference.service.ts';

const MaybeDifference = z.object({ difference: DifferenceView.nullable() }).meta({ id: 'billing.DifferenceAnswer' });
type MaybeDifference = z.infer<typeof MaybeDifference>;

/** What the subscriber card asks of billing. */
@Controller('billing/accounts')
export class CardController {
  constructor(
    @Inject(CardService) private readonly cards: CardService,
    @Inject(CardPages) private readonly pages: CardPages,
    @Inject(DifferenceService) private readonly differences: DifferenceService,
    @Inject(AccountWatch) private readonly watch: AccountWatch,
  ) {}

  @Endpoint({
    method: 'GET',
    path: ':number/card',
    permission: P.cardRead.id,
    direct: true,
    summary: 'Subscriber card: balances and turnover by service and month, now or as of a day and as it was known on a day',
    params: CardParams,
    query: CardQuery,
    response: Card,
  })
  async card({ params, query }: InputOf<CardParams, CardQuery>, actor: Actor): Promise<string> {
    return JSON.stringify(await this.cards.card(params.number, query, actor));
  }

  @Endpoint({
    method: 'GET',
    path: ':number/months',
    permission: P.cardRead.id,
    direct: true,
    summary: 'History of the card by months, the newest first, back to the first month',
    params: CardParams,
    query: CardPagesQuery,
    response: HistoryMonths,
  })
  async months({ params, query }: InputOf<CardParams, CardPagesQuery>, actor: Actor): Promise<string> {
    return JSON.stringify(await this.pages.months(params.number, query, actor));
  }

  @Endpoint({
    method: 'GET',
    path: ':number/payments',
    permission: P.cardRead.id,
    direct: true,
    summary: 'Payments of the account in pages of months, the newest first',
    params: CardParams,
    query: CardPagesQuery,
    response: HistoryPayments,
  })
  async payments({ params, query }: InputOf<CardParams, CardPagesQuery>, actor: Actor): Promise<string> {
    return JSON.stringify(await this.pages.payments(params.number, query, actor));
  }

  @Endpoint({
    method: 'GET',
    path: ':number/difference',
    permission: P.cardRead.id,
    summary: 'Why a month asks for another sum than the month before; the parts add up to the difference',
    params: CardParams,
    query: DifferenceQuery,
    response: MaybeDifference,
  })
  async difference(
    @Input() { params, query }: InputOf<CardParams, DifferenceQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<MaybeDifference> {
    return { difference: await this.differences.ofAccount(params.number, query.month, actor) };
  }

  @Endpoint({
    method: 'GET',
    path: ':number/changes',
    permission: P.cardRead.id,
    summary: 'Waits until the money of the account changes: the answer comes at once when the version is another one',
    params: CardParams,
    query: ChangesQuery,
    response: Changes,
  })
  changes(
    @Input() { params, query }: InputOf<CardParams, ChangesQuery>,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Changes> {
    return this.watch.changes(params.number, query, actor, (gone) => reply.raw.once('close', gone));
  }
}
