import { Inject, Injectable } from '@nestjs/common';
import { type Column, csvText, dbfBytes, type Sheet, type SheetRow, xlsxBytes } from '@komplat/documents';
import { type Locale, Messages } from '@komplat/server';
import type { Turnover } from '../../contract/turnover.schema.ts';

const FIGURES = ['opening', 'charged', 'recalculated', 'benefit', 'subsidy', 'paid', 'other', 'closing'] as const;

/** Turnover as a file: the same figures as on the screen. */
@Injectable()
export class TurnoverFile {
  constructor(@Inject(Messages) private readonly messages: Messages) {}

  xlsx(turnover: Turnover, locale: Locale): Promise<Buffer> {
    return xlsxBytes(this.sheet(turnover, locale));
  }
  csv(turnover: Turnover, locale: Locale): Promise<string> {
    return csvText(this.sheet(turnover, locale), { bom: true });
  }
  /** Code page 1251: what the providers' programs read. */
  dbf(turnover: Turnover): Buffer {
    const fields = [
      { name: 'CODE', type: 'C', size: 16 },
      { name: 'NAME', type: 'C', size: 120 },
      { name: 'PROVIDER', type: 'C', size: 16 },
      ...FIGURES.map(
        (figure) => ({ name: figure.slice(0, 10).toUpperCase(), type: 'N', size: 16, decimals: 2 }) as const,
      ),
    ] as const;
    const rows = turnover.rows.map((row) => ({
      CODE: row.key,
      NAME: row.title,
      PROVIDER: row.provider,
      ...Object.fromEntries(FIGURES.map((figure) => [figure.slice(0, 10).toUpperCase(), row[figure]])),
    }));
    return dbfBytes(fields, rows, { encoding: 'cp1251', day: `${turnover.period}-01` });
  }

  private sheet(turnover: Turnover, locale: Locale): Sheet {
    const say = (key: string, params: Record<string, string> = {}): string =>
      this.messages.text(locale, `billing.turnover.${key}`, params);
    const columns: Column[] = [
      { key: 'key', title: say('column.code'), kind: 'text', width: 14 },
      { key: 'title', title: say(`column.${turnover.groupBy}`), kind: 'text', width: 48 },
      { key: 'provider', title: say('column.provider-code'), kind: 'text', width: 12 },
      { key: 'accounts', title: say('column.accounts'), kind: 'integer' },
      ...FIGURES.map((figure) => ({ key: figure, title: say(`column.${figure}`), kind: 'money' }) as const),
    ];
    const rows: SheetRow[] = turnover.rows.map((row) => ({ ...row }));
    return {
      name: say('sheet', { month: turnover.period }),
      heading: [say('heading', { month: turnover.period })],
      columns,
      rows,
      totals: { key: say('total'), title: null, provider: null, ...turnover.totals },
    };
  }
}
