import type { CloseGate } from '@komplat/plugin-api';
import { Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';

interface Lane {
  readonly providerId: number;
  readonly month: string;
}
type Measure = Awaited<ReturnType<CloseGate['measure']>>;
const measured = (value: number): Measure => ({ value, limit: 0, green: value === 0 });

/** Channels that may still bring payments of the month: their cut-off in the following month is not past. */
@Injectable()
export class CutOffGate implements CloseGate {
  constructor(@Inject(Database) private readonly database: Database) {}

  async measure({ month }: Lane): Promise<Measure> {
    const [row] = await this.database.query<{ open: number }>(
      `select count(*)::int as open from payments.channel c
       where c.valid && daterange($1::date, ($1::date + interval '1 month')::date)
         and platform.today() < ($1::date + interval '1 month')::date + c.cut_off_day - 1`,
      [`${month}-01`],
    );
    return measured(row?.open ?? 0);
  }
}

/** Registers that are loaded and not posted: somebody's money is on a desk. */
@Injectable()
export class UnpostedRegistersGate implements CloseGate {
  constructor(@Inject(Database) private readonly database: Database) {}

  async measure({ providerId }: Lane): Promise<Measure> {
    const [row] = await this.database.query<{ waiting: number }>(
      `select count(*)::int as waiting from payments.import_file
       where state in ('reading', 'staged', 'posting', 'rolling-back') and (provider_id is null or provider_id = $1)`,
      [providerId],
    );
    return measured(row?.waiting ?? 0);
  }
}

/** Money on hold whose deadline is past; it may belong to any provider. */
@Injectable()
export class SuspenseAgeGate implements CloseGate {
  constructor(@Inject(Database) private readonly database: Database) {}

  async measure({ providerId }: Lane): Promise<Measure> {
    const [row] = await this.database.query<{ overdue: number }>(
      `select count(*)::int as overdue from payments.suspense_item s join payments.payment p on p.id = s.payment_id
       left join payments.import_file f on f.id = p.import_id
       where s.state = 'open' and s.deadline_on < platform.today() and (f.provider_id is null or f.provider_id = $1)`,
      [providerId],
    );
    return measured(row?.overdue ?? 0);
  }
}
