'use client';
import {
  Banner, Card, DiffTable, formatDay, formatDecimal, formatMoney, formatPeriodShort, ImpactPreview, shortCompany, useLocale, useText, type DiffRow,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { ChangeItem, ChangePreview, RuleNote } from '../../contract/index.ts';
import { useGroupWord } from './group-word.ts';

const GROUP_FIELDS = new Set(['supply-variant', 'supply-equipment']);

/** The word of a value that is a code; everything else is shown as it is. */
export function useValueWord(): (field: string, value: string | null) => string {
  const text = useText();
  const locale = useLocale();
  const groupOf = useGroupWord();
  return (field, value) => {
    if (value === null) return '';
    if (GROUP_FIELDS.has(field)) return groupOf(value);
    const key = `registry.ui.value.${field}.${value}`;
    if (text.has(key)) return text(key);
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDay(value);
    return /^\d+\.\d+$/.test(value) ? formatDecimal(value, locale) : value;
  };
}

/** Name of a field, whose it is, and over which days. */
export function useItemName(): (item: ChangeItem) => string {
  const text = useText();
  return ({ field, subject, from, to }) => {
    const name = text.has(`registry.ui.field.${field}`) ? text(`registry.ui.field.${field}`) : field;
    const kind = subject !== null && text.has(`registry.ui.choice.equipment.${subject}`) ? text(`registry.ui.choice.equipment.${subject}`) : subject;
    const days = from === null ? '' : text(to === null ? 'registry.ui.change.since' : 'registry.ui.change.between', { from: formatDay(from), to: to === null ? '' : formatDay(to) });
    return [name, kind, days].filter(Boolean).join(', ');
  };
}

/** Field by field: what stands there and what will stand there. */
export function ItemsTable({ items, caption }: { items: readonly ChangeItem[]; caption: string }): ReactNode {
  const word = useValueWord();
  const nameOf = useItemName();
  const rows: DiffRow[] = items.map((item, at) => ({
    key: `${item.field}${at}`,
    label: nameOf(item),
    now: word(item.field, item.before),
    proposed: word(item.field, item.after),
  }));
  return <DiffTable caption={caption} rows={rows} />;
}

/** Rules that the new state breaks without being refused. */
export function Notes({ notes }: { notes: readonly RuleNote[] }): ReactNode {
  const text = useText();
  return notes.map(({ rule, params }) => (
    <Banner key={rule} kind="warn">
      {text(`registry.ui.note.${rule}`, params)}
    </Banner>
  ));
}

/** The effect in money by month and service, or that nobody can say it. */
export function MoneyEffects({ money }: { money: ChangePreview['money'] }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const sum = (value: string): string => formatMoney(value, locale);
  if (!money.available) return <Banner kind="info">{text('registry.ui.change.no-money')}</Banner>;
  if (money.effects.length === 0) return <p className="t2">{text('registry.ui.change.money-same')}</p>;
  return (
    <>
      <ImpactPreview
        caption={text('registry.ui.change.money')}
        rows={money.effects.map(({ month, service, serviceName, provider, providerName, before, after }) => ({
          key: `${month}${service}${provider}`,
          label: `${formatPeriodShort(month)} ${serviceName}, ${shortCompany(providerName)}`,
          was: sum(before),
          becomes: sum(after),
        }))}
        same={[]}
      />
      <p>
        {text('registry.ui.change.difference')} <b className="num">{sum(money.difference)}</b> {text('ui.uah')}
      </p>
    </>
  );
}

/** Everything that a change would do, before it is saved. */
export function Preview({ preview }: { preview: ChangePreview }): ReactNode {
  const text = useText();
  return (
    <Card padded title={text('registry.ui.change.preview')}>
      <div className="stack" style={{ gap: 10 }} data-preview>
        <Notes notes={preview.notes} />
        {preview.backdated && (
          <Banner kind={preview.allowed ? 'appr' : 'bad'} icon="history">
            {text(preview.allowed ? 'registry.ui.change.backdated' : 'registry.ui.change.backdated-refused')}
          </Banner>
        )}
        <ItemsTable items={preview.items} caption={text('registry.ui.change.preview')} />
        <MoneyEffects money={preview.money} />
      </div>
    </Card>
  );
}
