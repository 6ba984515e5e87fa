import { Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';

/** Due days from the first to the last one. */
export interface DueSpan {
  readonly from: string;
  readonly to: string;
}
/** Which open months pass limitation in a window of days. */
export interface LimitationWindow {
  readonly from: string;
  readonly to: string;
  /** Last days to pay of those whose term was never interrupted. */
  readonly due: readonly DueSpan[];
  /** Whether any account has an acknowledgement; its months are looked up one by one. */
  readonly interrupted: boolean;
}

/** The ends of the general term of limitation as sets: `debt.limitation_due` for all, `debt.pub_claimable_v1` where terms were interrupted. */
@Injectable()
export class LimitationCalendar {
  constructor(@Inject(Database) private readonly database: Database) {}

  async window(from: string, to: string): Promise<LimitationWindow> {
    const due = await this.database.query<DueSpan>(
      `select to_char(min(due_on), 'YYYY-MM-DD') as "from", to_char(max(due_on), 'YYYY-MM-DD') as "to"
       from (select due_on, due_on - row_number() over (order by due_on)::int as island from debt.limitation_due
         where ends_on between $1::date and $2::date) q group by island order by 1`,
      [from, to],
    );
    const [found] = await this.database.query<{ interrupted: boolean }>(
      'select exists (select from debt.acknowledgement where withdrawn_at is null) as interrupted',
    );
    return { from, to, due, interrupted: found?.interrupted ?? false };
  }
}
