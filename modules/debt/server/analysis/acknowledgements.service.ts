import { DomainError, notFound, Period } from '@komplat/kernel';
import { type Actor, audit, Database, uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { AcknowledgementItem, NewAcknowledgement } from '../../contract/claimable.schema.ts';
import { Debtors } from './debtors.service.ts';
import { Holds } from './holds.service.ts';
import { type DebtReader, onlyProviders } from './scope.ts';

interface AcknowledgementRow extends Omit<AcknowledgementItem, 'recordedAt'> {
  readonly recordedAt: Date;
}

/** $1 account, $2 codes of providers or null: newest first. */
const OF_ACCOUNT = `select a.id, p.code as provider, to_char(lower(a.months), 'YYYY-MM') as "from", to_char(upper(a.months) - 1, 'YYYY-MM') as "to",
    a.form, to_char(a.on_day, 'YYYY-MM-DD') as "on", a.document, a.reason, a.recorded_by as "recordedBy", a.recorded_at as "recordedAt",
    a.withdrawn_by as "withdrawnBy", a.withdrawn_reason as "withdrawnReason",
    (select count(*) from debt.interrupted_item k where k.account_id = a.account_id and k.acknowledgement_id = a.id)::int as moved
  from debt.acknowledgement a left join tariffs.pub_provider_v1 p on p.id = a.provider_id
  where a.account_id = $1 and ($2::text[] is null or p.code is null or p.code = any($2)) order by a.on_day desc, a.id desc`;

/** Acknowledgements of debt and part payments that begin limitation anew (ЦКУ ст. 264). A row is never changed; a wrong one is withdrawn and stays. */
@Injectable()
export class Acknowledgements {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Debtors) private readonly debtors: Debtors,
    @Inject(Holds) private readonly holds: Holds,
  ) {}

  async ofAccount(accountId: number, reader: DebtReader): Promise<AcknowledgementItem[]> {
    const rows = await this.database.query<AcknowledgementRow>(OF_ACCOUNT, [accountId, onlyProviders(reader)]);
    return rows.map((row) => ({ ...row, recordedAt: row.recordedAt.toISOString() }));
  }

  /** Refuses `debt.acknowledgement.later`, `.other-payment`, `.twice`, `debt.provider.unknown`, `debt.account.unknown`. */
  async record(given: NewAcknowledgement, actor: Actor): Promise<{ id: string }> {
    const { account, provider, form, on, document, reason } = given;
    const accountId = await this.holds.account(account, actor);
    const today = await this.debtors.today();
    if (on > today) throw new DomainError('debt.acknowledgement.later', { on, today, path: 'body.on' });
    const providerId = await this.holds.creditor(provider, actor);
    const months = given.from && given.to ? `[${Period.parse(given.from).firstDay},${Period.parse(given.to).lastDay}]` : null;
    return this.database.transaction(async (tx) => {
      if (given.payment !== undefined) {
        const [paid] = await tx.query<{ on: string }>(
          `select to_char(paid_on, 'YYYY-MM-DD') as "on" from payments.pub_payment_v1 where payment_id = $1 and account_id = $2 and rolled_back_at is null`,
          [given.payment, accountId],
        );
        if (paid?.on !== on) throw new DomainError('debt.acknowledgement.other-payment', { payment: given.payment, on, path: 'body.payment' });
      }
      const [row] = await tx.query<{ id: string }>(
        `insert into debt.acknowledgement (id, account_id, provider_id, months, form, on_day, payment_id, document, reason, recorded_by)
         values ($1, $2, $3, $4::daterange, $5, $6, $7, $8, $9, $10)
         on conflict (payment_id, coalesce(provider_id, 0::smallint)) where withdrawn_at is null do nothing returning id`,
        [uuid7(), accountId, providerId, months, form, on, given.payment ?? null, document, reason, actor.login],
      );
      if (!row) throw new DomainError('debt.acknowledgement.twice', { payment: given.payment ?? '', path: 'body.payment' }, 409);
      const after = { form, on, document, provider: provider ?? null, months };
      await audit(tx, { actor, action: 'debt.acknowledgement.record', subject: `account/${account}`, after, reason });
      return row;
    });
  }

  /** Written by mistake: it no longer counts. Refuses `debt.acknowledgement.unknown`, `debt.acknowledgement.withdrawn`. */
  async withdraw(id: string, reason: string, actor: Actor): Promise<{ id: string }> {
    return this.database.transaction(async (tx) => {
      const [row] = await tx.query<{ number: string; withdrawn: boolean }>(
        `select n.number, a.withdrawn_at is not null as withdrawn from debt.acknowledgement a
         join registry.pub_account_v1 n on n.account_id = a.account_id where a.id = $1 for update of a`,
        [id],
      );
      if (!row) throw notFound('debt.acknowledgement.unknown', { id });
      await this.holds.account(row.number, actor);
      if (row.withdrawn) throw new DomainError('debt.acknowledgement.withdrawn', {}, 409);
      await tx.query('update debt.acknowledgement set withdrawn_by = $2, withdrawn_reason = $3, withdrawn_at = now() where id = $1', [
        id, actor.login, reason,
      ]);
      await audit(tx, { actor, action: 'debt.acknowledgement.withdraw', subject: `account/${row.number}`, reason });
      return { id };
    });
  }
}
