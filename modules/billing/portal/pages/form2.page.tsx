'use client';
import { useRead } from '@komplat/api-client';
import {
  Banner, Button, Card, Empty, formatCount, formatPeriod, Frame, MoneyCell, PageHeader, useLocale, useMessage, usePeriod, useSave, useSearchState, useText,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { Form2Lanes, Form2View } from '../../contract/index.ts';
import { ProviderName } from '../parts/names.tsx';

const FORMATS = ['dbf', 'pdf'] as const;

function Heads({ names }: { names: readonly (readonly [string, boolean])[] }): ReactNode {
  const text = useText();
  return (
    <thead>
      <tr>
        {names.map(([name, right]) => (
          <th key={name} scope="col" className={right ? 'r' : undefined}>
            {text(`billing.ui.form2.${name}`)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** Providers whose books of the month have benefits; each form is looked at, or taken as a file. */
function Lanes({ lanes, chosen, choose }: { lanes: Form2Lanes; chosen: string | null; choose: (provider: string) => void }): ReactNode {
  const text = useText();
  const [busy, save] = useSave();
  return (
    <table className="tbl">
      <caption className="vh">{text('billing.ui.form2.title')}</caption>
      <Heads names={[['provider', false], ['accounts', true], ['of-month', true], ['of-earlier', true], ['total', true], ['files', false]]} />
      <tbody>
        {lanes.items.map((lane) => (
          <tr key={lane.provider}>
            <th scope="row">
              <button type="button" className="row bare" aria-pressed={chosen === lane.provider} onClick={() => choose(lane.provider)}>
                <ProviderName name={lane.providerName} />
              </button>
            </th>
            <td className="r tnum">{formatCount(lane.accounts)}</td>
            <td className="r">
              <MoneyCell value={lane.ofMonth} />
            </td>
            <td className="r">
              <MoneyCell value={lane.ofEarlier} />
            </td>
            <td className="r">
              <MoneyCell value={lane.total} strong />
            </td>
            <td>
              <span className="row">
                {FORMATS.map((format) => (
                  <Button
                    key={format}
                    size="small"
                    icon="file-down"
                    busy={busy}
                    aria-label={text(`billing.ui.form2.take-${format}`, { provider: lane.providerName })}
                    onClick={() => void save(`billing/form2/${lane.provider}/file.${format}`, { month: lanes.month }, `pilga-${lane.provider}-${lanes.month}.${format}`)}
                  >
                    {format.toUpperCase()}
                  </Button>
                ))}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Sums of one form by category, and what must be mended before it is sent. */
function Form({ form }: { form: Form2View }): ReactNode {
  const text = useText();
  const message = useMessage();
  return (
    <Card title={text('billing.ui.form2.of', { provider: form.providerName })} sub={text('billing.ui.form2.records', { count: form.records })}>
      {form.problems.map((problem) => (
        <Banner key={message(problem)} kind="warn">
          {message(problem)}
        </Banner>
      ))}
      <table className="tbl dense">
        <caption className="vh">{text('billing.ui.form2.of', { provider: form.providerName })}</caption>
        <Heads names={[['category', false], ['persons', true], ['covered', true], ['total', true]]} />
        <tbody>
          {form.categories.map((block) => (
            <tr key={block.category}>
              <th scope="row">{block.name}</th>
              <td className="r tnum">{formatCount(block.persons)}</td>
              <td className="r tnum">{formatCount(block.covered)}</td>
              <td className="r">
                <MoneyCell value={block.total} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {text('billing.ui.form2.ledger')}
            </th>
            <td className="r">
              <MoneyCell value={form.total} strong />
            </td>
          </tr>
        </tfoot>
      </table>
    </Card>
  );
}

function Chosen({ provider, month }: { provider: string; month: string }): ReactNode {
  const read = useRead<Form2View>(`billing/form2/${provider}`, { month });
  return (
    <Frame read={read} rows={4}>
      {(form) => <Form form={form} />}
    </Frame>
  );
}

/** Form 2-benefit of the month: what benefits took off the bills, by provider. */
export function Page(): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { period } = usePeriod();
  const [search, set] = useSearchState();
  const read = useRead<Form2Lanes>('billing/form2', { month: period });
  const chosen = search.get('provider');
  return (
    <>
      <PageHeader title={text('billing.ui.form2.heading', { period: formatPeriod(period, locale) })} text={text('billing.ui.form2.text')} />
      <Card>
        <Frame read={read} rows={4} permission="billing.form2.make">
          {(lanes) =>
            lanes.items.length === 0 ? (
              <Empty icon="users" title={text('billing.ui.form2.empty')} text={text('billing.ui.form2.empty-text')} />
            ) : (
              <Lanes lanes={lanes} chosen={chosen} choose={(provider) => set({ provider: provider === chosen ? undefined : provider })} />
            )
          }
        </Frame>
      </Card>
      {chosen && <Chosen provider={chosen} month={period} />}
    </>
  );
}
