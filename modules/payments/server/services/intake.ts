import { assert, conflict, DomainError, forbidden, Money, notFound } from '@komplat/kernel';
import { audit, canonicalJson, Database, publish, scopeValues, seesEverything, sha256 } from '@komplat/server';
import type { Actor } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { gateMoved } from '../../contract/events.ts';
import type { Accepted, AcceptRequest, PaymentPreview, PreviewRequest } from '../../contract/intake.schema.ts';
import { roundCash } from '../../domain/cash-rounding.ts';
import { checkPaidOn, kopText, readAmount } from '../../domain/index.ts';
import { cashRuleOf } from './cash-rule.ts';
import { IntakeQueue } from './intake-queue.ts';

const FAR_FUTURE = '9999-12-31';
const PREVIEW = `
  select to_char(v.debt_month, 'YYYY-MM') as month, s.code as service, p.code as provider, v.outstanding_kop, v.covered_kop, v.advance_kop
  from billing.preview_payment($1, $2, $3) v
  join tariffs.pub_service_v1 s on s.id = v.service_id join tariffs.pub_provider_v1 p on p.id = v.provider_id
  order by v.debt_month nulls last, s.pay_order, p.code`;

interface PreviewRow {
  readonly month: string | null;
  readonly service: string;
  readonly provider: string;
  readonly outstanding_kop: bigint | null;
  readonly covered_kop: bigint;
  readonly advance_kop: bigint;
}

/** Money in real time: at most one database call per payment. */
@Injectable()
export class Intake {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(IntakeQueue) private readonly queue: IntakeQueue,
  ) {}

  async accept(request: AcceptRequest, actor: Actor): Promise<Accepted> {
    return JSON.parse(await this.acceptText(request, actor));
  }

  /** The answer as the database keeps it: the same bytes whenever the same key is asked again. */
  async acceptText(request: AcceptRequest, actor: Actor): Promise<string> {
    // a machine client speaks for its channels; a cashier's scope is the desk of the Centre
    const isBound = actor.kind === 'client' || scopeValues(actor, 'channel').length > 0;
    if (isBound && !seesEverything(actor) && !scopeValues(actor, 'channel').includes(request.channel)) {
      throw forbidden('payments.channel.not-yours', { channel: request.channel });
    }
    const kop = amountOf(request.amount);
    const dayProblem = request.paidOn === undefined ? null : checkPaidOn(request.paidOn, FAR_FUTURE);
    if (dayProblem !== null) throw new DomainError(dayProblem, { day: request.paidOn ?? '' });
    const named = namedJson(request.named);
    try {
      return await this.queue.accept({
        channel: request.channel,
        externalId: request.externalId,
        hash: hashOf(request, kop),
        account: request.account,
        kop,
        paidOn: request.paidOn ?? null,
        named,
        cash: request.cash ?? false,
        actor: actor.login,
      });
    } catch (error) {
      throw refusalOf(error, { account: request.account, channel: request.channel, day: request.paidOn ?? '' });
    }
  }

  async preview(request: PreviewRequest): Promise<PaymentPreview> {
    const kop = amountOf(request.amount);
    const [account] = await this.database.query<{ account_id: number }>(
      'select account_id from registry.pub_account_v1 where number = $1',
      [request.account],
    );
    if (account === undefined) throw new DomainError('payments.account.unknown', { account: request.account });
    const rows = await this.database
      .query<PreviewRow>(PREVIEW, [account.account_id, kop, namedJson(request.named)])
      .catch((error: unknown) => {
        throw refusalOf(error, { account: request.account });
      });
    return {
      account: request.account,
      amount: kopText(kop),
      ...(request.cash ? { cash: await this.cashOf(kop) } : {}),
      allocations: rows.flatMap((row) =>
        row.month === null
          ? []
          : [
              {
                month: row.month,
                service: row.service,
                provider: row.provider,
                amount: kopText(row.covered_kop),
                outstanding: kopText(row.outstanding_kop ?? 0n),
              },
            ],
      ),
      advances: rows.flatMap((row) =>
        row.advance_kop > 0n
          ? [{ service: row.service, provider: row.provider, amount: kopText(row.advance_kop) }]
          : [],
      ),
    };
  }

  /** What the desk would take in cash today. */
  private async cashOf(kop: bigint): Promise<PaymentPreview['cash']> {
    const rule = await cashRuleOf(this.database);
    const { rounded, difference } = roundCash(Money.ofKop(kop), rule);
    return { taken: rounded.toString(), rounding: difference.toString(), act: rule.act };
  }

  async assign(item: string, account: string, reason: string, actor: Actor): Promise<Accepted> {
    return this.database
      .transaction(async (tx) => {
        const [row] = await tx.query<{ answer: Accepted }>(
          'select payments.assign_suspense($1, $2, $3, $4) as answer',
          [item, account, actor.login, reason],
        );
        await audit(tx, {
          actor,
          action: 'payments.suspense.assign',
          subject: `suspense/${item}`,
          after: { account },
          reason,
        });
        assert(row !== undefined, 'payments.assign_suspense answers one row');
        await publish(tx, gateMoved, `suspense/${item}`, { gate: 'payments.suspense-age' });
        return row.answer;
      })
      .catch((error: unknown) => {
        throw refusalOf(error, { account, item });
      });
  }
}

/** A sum as a channel writes it, or its own refusal. */
export function amountOf(text: string): bigint {
  const read = readAmount(text, 'decimal');
  if (!read.ok) throw new DomainError(read.code, { value: text });
  return read.kop;
}

function namedJson(named: AcceptRequest['named']): string | null {
  if (named === undefined || named.length === 0) return null;
  return JSON.stringify(named.map((line) => ({ ...line, amount: kopText(amountOf(line.amount)) })));
}

const hashOf = (request: AcceptRequest, kop: bigint): string =>
  sha256(
    canonicalJson({
      account: request.account,
      amount: kopText(kop),
      paidOn: request.paidOn ?? null,
      named: request.named ?? null,
      ...(request.cash ? { cash: true } : {}),
    }),
  );

const isSqlError = (error: unknown): error is Error & { readonly code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string';

/** Refusals of the database functions: the message of KP020 to KP022 is the code of the text. */
export function refusalOf(error: unknown, params: Readonly<Record<string, string>>): unknown {
  if (!isSqlError(error) || error instanceof DomainError) return error;
  if (error.code === 'KP010') return new DomainError('payments.account.no-supply', params);
  if (error.code === 'KP012') return new DomainError('payments.accept.named-exceeds', params);
  if (error.code === 'KP020' || error.code === 'KP022') return conflict(error.message, params);
  if (error.code !== 'KP021') return error;
  return error.message === 'payments.suspense.unknown'
    ? notFound(error.message, params)
    : new DomainError(error.message, params);
}
