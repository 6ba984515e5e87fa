'use client';
import { useAct, useRead } from '@komplat/api-client';
import {
  Button, Card, Empty, FormFailure, Frame, PageHeader, SelectField, useSearchState, useText,
} from '@komplat/ui';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { CalcAnswer, CalcSheet, CalcSheets } from '../../contract/calculators.schema.ts';
import { inputOf, valuesOf } from '../../domain/calc-values.ts';
import { CalcAnswerCards } from '../parts/calc-answer.tsx';
import { CalcFields } from '../parts/calc-fields.tsx';

const PERMISSION = 'administration.calc.run';
const FORM_WIDTH = 420;

/** The variant that the example belongs to: the one whose fixed word stands in it. */
function firstVariant({ variants, example }: CalcSheet): number {
  const text = JSON.stringify(example);
  const found = variants.findIndex(({ label }) => label.split(', ').some((word) => text.includes(`"${word}"`)));
  return Math.max(found, 0);
}

function Calculator({ sheet }: { sheet: CalcSheet }): ReactNode {
  const text = useText();
  const act = useAct<CalcAnswer>([]);
  const [variant, setVariant] = useState(() => firstVariant(sheet));
  const fields = sheet.variants[variant]?.fields ?? [];
  const [values, setValues] = useState(() => valuesOf(fields, sheet.example));
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const choose = (next: number): void => {
    setVariant(next);
    setValues(valuesOf(sheet.variants[next]?.fields ?? [], sheet.example));
    act.reset();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { input, wrong: unreadable } = inputOf(fields, values);
    setWrong(unreadable);
    if (unreadable.length > 0) return;
    act.mutate({ path: `calc/${encodeURIComponent(sheet.name)}`, options: { json: input } });
  };
  return (
    <div className="grid side" style={{ gridTemplateColumns: `${FORM_WIDTH}px minmax(0,1fr)` }}>
      <form onSubmit={submit} noValidate>
        <Card
          title={text(sheet.title)}
          sub={<span className="mono">{sheet.name}</span>}
          padded
          footer={
            <Button type="submit" kind="primary" busy={act.isPending}>
              {text('debt.ui.calculators.run')}
            </Button>
          }
        >
          <div className="stack s">
            {sheet.variants.length > 1 && (
              <SelectField
                label={text('debt.ui.field.method')}
                value={String(variant)}
                options={sheet.variants.map(({ label }, index) => ({ value: String(index), label }))}
                onChange={(event) => choose(Number(event.target.value))}
              />
            )}
            <CalcFields fields={fields} values={values} path="" wrong={wrong} onChange={setValues} />
            <FormFailure error={act.error} />
          </div>
        </Card>
      </form>
      {act.data ? (
        <CalcAnswerCards answer={act.data} />
      ) : (
        <Card>
          <Empty icon="calculator" title={text('debt.ui.calculators.empty')} text={text('debt.ui.calculators.empty-text')} />
        </Card>
      )}
    </div>
  );
}

/** Every calculator by its sentence; the name is what the command line and the API call it. */
function Choose({ sheets, chosen }: { sheets: readonly CalcSheet[]; chosen: string }): ReactNode {
  const text = useText();
  const [, change] = useSearchState();
  const options = sheets.map(({ name, title }) => ({ value: name, label: text(title) }));
  return (
    <div style={{ maxWidth: FORM_WIDTH }}>
      <SelectField
        label={text('debt.ui.calculators.list')}
        value={chosen}
        options={options.toSorted((one, other) => one.label.localeCompare(other.label, 'uk'))}
        onChange={(event) => change({ name: event.target.value })}
      />
    </div>
  );
}

/** What-if: every rule of money and law with its steps and the marks of its parameters. Nothing is written. */
export function Page(): ReactNode {
  const text = useText();
  const [search] = useSearchState();
  const read = useRead<CalcSheets>('debt/calculators');
  return (
    <>
      <PageHeader title={text('debt.ui.calculators.title')} text={text('debt.ui.calculators.text')} />
      <Frame read={read} rows={8} permission={PERMISSION}>
        {({ calculators }) => {
          const sheet = calculators.find(({ name }) => name === search.get('name')) ?? calculators[0];
          return sheet ? (
            <div className="stack">
              <Choose sheets={calculators} chosen={sheet.name} />
              <Calculator key={sheet.name} sheet={sheet} />
            </div>
          ) : (
            <Empty title={text('debt.ui.calculators.none')} />
          );
        }}
      </Frame>
    </>
  );
}
