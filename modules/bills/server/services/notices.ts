import { DomainError, notFound } from '@komplat/kernel';
import { type Actor, audit, Database, uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { NoticeBody, NoticeList } from '../../contract/issue.schema.ts';

interface Row {
  readonly id: string;
  readonly from_period: string;
  readonly to_period: string;
  readonly provider: string | null;
  readonly house: string | null;
  readonly text: string;
  readonly reason: string;
  readonly written_by: string;
  readonly ended: boolean;
}
const LIST = `
select n.id, n.from_period, n.to_period, p.code as provider, h.house_code as house, n.text, n.reason, n.written_by, n.ended_at is not null as ended
from bills.notice n left join tariffs.pub_provider_v1 p on p.id = n.provider_id
left join lateral (select house_code from registry.pub_address_v1 a where a.house_id = n.house_id limit 1) h on true
order by n.written_at desc limit 200`;

/** Texts that stand on the bills of some months. */
@Injectable()
export class Notices {
  constructor(@Inject(Database) private readonly database: Database) {}

  async list(): Promise<NoticeList> {
    const rows = await this.database.query<Row>(LIST);
    return {
      items: rows.map(({ from_period: from, to_period: to, written_by: writtenBy, ...rest }) => ({
        ...rest,
        fromMonth: from.slice(0, 7),
        toMonth: to.slice(0, 7),
        writtenBy,
      })),
    };
  }

  async write({ fromMonth, toMonth, provider, house, text, reason }: NoticeBody, actor: Actor): Promise<NoticeList> {
    if (toMonth < fromMonth) throw new DomainError('bills.notice.range');
    const id = uuid7();
    await this.database.transaction(async (tx) => {
      const [place] = await tx.query<{ provider_id: number | null; house_id: number | null }>(
        `select (select id from tariffs.pub_provider_v1 where code = $1) as provider_id,
           (select house_id from registry.pub_address_v1 where house_code = $2 limit 1) as house_id`,
        [provider ?? null, house ?? null],
      );
      const isUnknown = (provider !== undefined && place?.provider_id === null) || (house !== undefined && place?.house_id === null);
      if (isUnknown) throw notFound('bills.notice.place-unknown', { place: provider ?? house ?? '' });
      await tx.query(
        `insert into bills.notice (id, from_period, to_period, provider_id, house_id, text, reason, written_by) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [id, `${fromMonth}-01`, `${toMonth}-01`, place?.provider_id ?? null, place?.house_id ?? null, text, reason, actor.login],
      );
      await audit(tx, { actor, action: 'bills.notice.write', subject: `bills-notice/${id}`, after: { fromMonth, toMonth, provider, house, text }, reason });
    });
    return this.list();
  }

  /** Ends it for bills that are not issued yet. */
  async end(id: string, reason: string, actor: Actor): Promise<NoticeList> {
    await this.database.transaction(async (tx) => {
      const ended = await tx.query('update bills.notice set ended_at = now(), ended_by = $2 where id = $1 and ended_at is null returning id', [id, actor.login]);
      if (ended.length === 0) throw notFound('bills.notice.unknown');
      await audit(tx, { actor, action: 'bills.notice.end', subject: `bills-notice/${id}`, reason });
    });
    return this.list();
  }
}
