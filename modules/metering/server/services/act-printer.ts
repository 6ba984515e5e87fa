import { htmlText, PDF_DEFAULTS, PdfPool } from '@komplat/documents';
import { formatAccount } from '@komplat/kernel';
import { Messages } from '@komplat/server';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { DistributionView } from '../../contract/house.schema.ts';

const CSS = `
@page{size:A4;margin:14mm 12mm 16mm}
*{box-sizing:border-box;margin:0;padding:0}
body{font:400 9.5pt/13pt Inter,sans-serif;color:#15212b;font-variant-numeric:tabular-nums}
h1{font:600 15pt/19pt Inter,sans-serif;margin-bottom:2pt}
p{margin:3pt 0}
dl{display:grid;grid-template-columns:1fr auto;gap:2pt 14pt;margin:8pt 0 10pt;max-width:130mm}
dd{text-align:right;font-weight:600}
table{width:100%;border-collapse:collapse}
thead{display:table-header-group}
tr{break-inside:avoid}
th{font-weight:500;text-align:left;border-bottom:1px solid #15212b;padding:3pt 4pt;color:#465361}
td{padding:2.5pt 4pt;border-bottom:1px solid #d5dbe0}
.r{text-align:right}
tfoot td{border-top:1px solid #15212b;font-weight:600}
.warn{border:1px solid #15212b;padding:6pt 8pt;margin:8pt 0}
.sign{display:grid;grid-template-columns:1fr 1fr;gap:24pt;margin-top:24pt;break-inside:avoid}
.sign div{border-top:1px solid #15212b;padding-top:3pt}`;

/** The act of distribution as a document to sign and to show. */
@Injectable()
export class ActPrinter implements OnApplicationShutdown {
  private pool: PdfPool | undefined;

  constructor(@Inject(Messages) private readonly messages: Messages) {}

  print(act: DistributionView): Promise<Uint8Array> {
    const title = this.say('title', { act: act.actNumber });
    this.pool ??= new PdfPool({ ...PDF_DEFAULTS, executablePath: process.env.CHROMIUM_BIN, concurrency: 1 });
    return this.pool.print({ kind: 'distribution-1', css: CSS, title, body: this.html(act), tagged: true });
  }

  /** The body of the document; every text of people is escaped. */
  html(act: DistributionView): string {
    const { unit } = act;
    const facts: readonly (readonly [string, string])[] = [
      ['house-volume', `${act.houseVolume} ${unit}`],
      ['metered', `${act.meteredVolume} ${unit}`],
      ['non-residential', `${act.nonResidential} ${unit}`],
      ['rest', `${act.restVolume} ${unit}`],
      ['common-share', `${act.commonShare} × ${act.commonCoefficient}`],
      ['needs-by', this.say(`by-${act.needsBy}`)],
      ['house-needs', `${act.houseNeeds} ${unit}`],
    ];
    const head = ['flat', 'account', 'area', 'persons', 'own', 'needs', 'total'] as const;
    return `<h1>${htmlText(this.say('title', { act: act.actNumber }))}</h1>
<p>${htmlText(`${act.serviceName}. ${act.address}. ${this.say('month', { month: act.month })}`)}</p>
<p>${htmlText(this.say('law'))}</p>
<dl>${facts.map(([key, value]) => `<dt>${htmlText(this.say(key))}</dt><dd>${htmlText(value)}</dd>`).join('')}</dl>
${act.shortfall === '0' ? '' : `<p class="warn">${htmlText(this.say('shortfall', { volume: `${act.shortfall} ${unit}` }))}</p>`}
<table><thead><tr>${head.map((key, at) => `<th${at > 1 ? ' class="r"' : ''}>${htmlText(this.say(`col-${key}`))}</th>`).join('')}</tr></thead>
<tbody>${act.parts.map((part) => this.row(part)).join('')}</tbody>
<tfoot><tr><td colspan="6">${htmlText(this.say('sum', { flats: act.flats }))}</td><td class="r">${htmlText(this.whole(act))}</td></tr></tfoot></table>
<div class="sign"><div>${htmlText(this.say('made', { by: act.madeBy }))}</div><div>${htmlText(
      act.signedBy ? this.say('signed', { by: act.signedBy }) : this.say('unsigned'),
    )}</div></div>`;
  }

  private row(part: DistributionView['parts'][number]): string {
    const own = part.own ?? part.metered ?? '0';
    const cells = [
      part.flat ?? '',
      part.account ? formatAccount(part.account) : '',
      part.area,
      String(part.persons),
      part.own === null ? `${own} ${this.say('by-meter')}` : own,
      part.needs,
      part.total,
    ];
    return `<tr>${cells.map((cell, at) => `<td${at > 1 ? ' class="r"' : ''}>${htmlText(cell)}</td>`).join('')}</tr>`;
  }

  /** The sum of the column is the whole of the house less shops; in a shortfall it is more. */
  private whole(act: DistributionView): string {
    const scale = Math.max(...act.parts.map(({ total }) => total.split('.')[1]?.length ?? 0), 0);
    const units = act.parts.reduce((sum, { total }) => sum + unitsOf(total, scale), 0n);
    const digits = units.toString().padStart(scale + 1, '0');
    return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  }

  private say(key: string, params: Readonly<Record<string, unknown>> = {}): string {
    return this.messages.text('uk', `metering.act.${key}`, params);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool?.close();
  }
}

function unitsOf(text: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(`${whole}${fraction.padEnd(scale, '0')}`);
}
