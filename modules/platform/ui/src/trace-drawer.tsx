'use client';
import { useRead } from '@komplat/api-client';
import { Dialog } from 'radix-ui';
import type { KeyboardEvent, ReactNode } from 'react';
import { Button, KeyValues, StatusPill, type PillKind } from './basics.tsx';
import { Figure, useTrace } from './figures.tsx';
import { formatDay, formatDecimal, formatMoney, type Locale } from './format.ts';
import { Icon, type IconName } from './icons.tsx';
import { AppLink } from './router.tsx';
import { Frame } from './states.tsx';
import { useLocale, useMessage, useText, type Message } from './text.tsx';

/** What goes into a step of a calculation; with `ref` it is a figure again. */
export interface TraceInput {
  readonly name: Message | string;
  readonly value: string;
  readonly unit?: string | null;
  readonly ref?: string | null;
}

/** One step of a calculation as a person (or a court) reads it. */
export interface TraceStep {
  readonly label: Message | string;
  readonly formula?: string | null;
  readonly inputs?: readonly TraceInput[] | null;
  readonly result: string;
  readonly unit?: string | null;
  readonly rounding?: string | null;
  readonly law?: string | null;
  readonly mark?: Message | string | null;
}

/** A paper, file or reading on which the figure stands. */
export interface TraceSource {
  readonly kind: string;
  readonly title: Message | string;
  readonly date?: string | null;
  readonly number?: string | null;
  readonly row?: string | number | null;
  readonly href?: string | null;
  readonly raw?: string | null;
}

/** The source of one figure, as the API gives it. */
export interface Trace {
  readonly title: Message | string;
  readonly subtitle?: Message | string | null;
  readonly value: string;
  readonly unit?: string | null;
  readonly pills?: readonly { readonly tone: string; readonly text: Message | string }[] | null;
  readonly steps: readonly TraceStep[];
  readonly sources?: readonly TraceSource[] | null;
  readonly versions?: readonly { readonly what: Message | string; readonly value: string }[] | null;
  readonly secondCalculation?: { readonly agrees: boolean; readonly value: string } | null;
}

const SOURCE_ICON: Record<string, IconName> = {
  tariff: 'file',
  norm: 'scale',
  reading: 'gauge',
  residence: 'users',
  premises: 'building',
  'file-row': 'file-input',
  payment: 'wallet',
  posting: 'calculator',
  entry: 'calculator',
};
const TONE_ICON: Readonly<Partial<Record<PillKind, IconName>>> = { ok: 'lock', warn: 'warning', bad: 'failed' };
const TONES: Readonly<Record<string, PillKind>> = { good: 'ok', warn: 'warn', bad: 'bad' };

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** Numbers inside a formula get the separators of the language. */
const readable = (formula: string, locale: Locale): string =>
  formula.replace(/(?<![\w.])\d+\.\d+(?![\w.])/g, (number) => formatDecimal(number, locale));

function Head({ trace }: { trace: Trace }): ReactNode {
  const text = useText();
  const message = useMessage();
  const locale = useLocale();
  const second = trace.secondCalculation;
  const unit = trace.unit ?? text('ui.uah');
  return (
    <>
      <div className="row sb items-baseline gap-4">
        <Dialog.Title className="text-md font-semibold">{message(trace.title)}</Dialog.Title>
        <span className="num text-xl font-semibold" data-trace-value={trace.value}>
          {DECIMAL.test(trace.value) ? formatMoney(trace.value, locale) : trace.value}
          {'\u00a0'}
          {unit}
        </span>
      </div>
      <div className="row wrap mt-1.5">
        {second && (
          <StatusPill kind={second.agrees ? 'ok' : 'bad'}>
            {second.agrees
              ? text('ui.trace.agrees')
              : text('ui.trace.differs', { value: formatMoney(second.value, locale) })}
          </StatusPill>
        )}
        {trace.pills?.map((pill) => {
          const words = message(pill.text);
          const kind = TONES[pill.tone] ?? 'idle';
          return (
            <StatusPill key={words} kind={kind} icon={TONE_ICON[kind] ?? 'info'}>
              {words}
            </StatusPill>
          );
        })}
      </div>
    </>
  );
}

function Inputs({ inputs }: { inputs: readonly TraceInput[] }): ReactNode {
  const locale = useLocale();
  const message = useMessage();
  return inputs.map((input, at) => (
    <span key={at} className="inline-flex gap-1">
      {message(input.name)}:
      {input.ref ? (
        <Figure value={input.value} traceRef={input.ref} />
      ) : (
        <span className="num">{DECIMAL.test(input.value) ? formatDecimal(input.value, locale) : input.value}</span>
      )}
      {input.unit && <span className="mut">{input.unit}</span>}
    </span>
  ));
}

function StepsOfFormula({ steps }: { steps: readonly TraceStep[] }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const message = useMessage();
  return (
    <ol className="fx">
      {steps.map((step, index) => (
        <li key={index}>
          <span className="n">{index + 1}</span>
          <span>
            {message(step.label)}
            {step.mark && <span className="mut"> ({message(step.mark)})</span>}
          </span>
          <span className="v num">
            {DECIMAL.test(step.result) ? formatDecimal(step.result, locale) : step.result}
            {step.unit && step.unit !== 'UAH' && <span className="mut"> {step.unit}</span>}
          </span>
          {step.formula && <span className="e tnum">{readable(step.formula, locale)}</span>}
          {step.inputs && step.inputs.length > 0 && (
            <span className="e tnum">
              <Inputs inputs={step.inputs} />
            </span>
          )}
          {step.rounding && step.rounding !== 'none' && (
            <span className="e">
              {text.has(`ui.rounding.${step.rounding}`) ? text(`ui.rounding.${step.rounding}`) : step.rounding}
            </span>
          )}
          {step.law && (
            <span className="e">
              <span className="inline-flex items-center gap-1">
                <Icon name="scale" size={12} />
                {step.law}
              </span>
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

function SourceList({ sources }: { sources: readonly TraceSource[] }): ReactNode {
  const text = useText();
  const message = useMessage();
  return (
    <ul className="docs">
      {sources.map((source, index) => {
        const title = [
          message(source.title),
          source.number && `№\u00a0${source.number}`,
          source.date &&
            text('ui.trace.of', {
              date: /^\d{4}-\d{2}-\d{2}/.test(source.date) ? formatDay(source.date) : source.date,
            }),
        ]
          .filter(Boolean)
          .join(' ');
        return (
          <li key={index}>
            <Icon name={SOURCE_ICON[source.kind] ?? 'file'} />
            <div>
              {source.href ? <AppLink href={source.href}>{title}</AppLink> : title}
              {source.row && <small>{text('ui.trace.row', { row: String(source.row) })}</small>}
              {source.raw && <small className="mono break-all">{source.raw}</small>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function Body({ trace }: { trace: Trace }): ReactNode {
  const text = useText();
  const message = useMessage();
  const locale = useLocale();
  return (
    <>
      <StepsOfFormula steps={trace.steps} />
      {trace.sources && trace.sources.length > 0 && (
        <>
          <h3 className="dh">{text('ui.trace.sources')}</h3>
          <SourceList sources={trace.sources} />
        </>
      )}
      {trace.versions && trace.versions.length > 0 && (
        <>
          <h3 className="dh">{text('ui.trace.versions')}</h3>
          <KeyValues
            kind="lines"
            items={trace.versions.map((version, index) => ({
              key: String(index),
              label: message(version.what),
              value: DECIMAL.test(version.value) ? formatDecimal(version.value, locale) : version.value,
            }))}
          />
        </>
      )}
    </>
  );
}

function Content({ refId, source }: { refId: string; source: string }): ReactNode {
  const text = useText();
  const read = useRead<Trace>(`${source}/${encodeURIComponent(refId)}`);
  return (
    <>
      {read.data ? (
        <header>
          <TopLine />
          <Head trace={read.data} />
        </header>
      ) : (
        <header>
          <TopLine />
          <Dialog.Title className="text-md font-semibold">{text('ui.trace.title')}</Dialog.Title>
        </header>
      )}
      <div className="b" tabIndex={0} role="region" aria-label={text('ui.trace.title')}>
        <Frame read={read} rows={6}>
          {(trace) => <Body trace={trace} />}
        </Frame>
      </div>
    </>
  );
}

function TopLine(): ReactNode {
  const text = useText();
  const { stack, back } = useTrace();
  return (
    <div className="row sb mb-1">
      <span className="row t2">
        <Icon name="trace" />
        {text('ui.trace.title')}
        {stack.length > 1 && (
          <button type="button" className="btn quiet sm" onClick={back}>
            <Icon name="arrow-left" size={13} />
            {text('ui.trace.back', { depth: stack.length - 1 })}
            <kbd>Backspace</kbd>
          </button>
        )}
      </span>
      <span className="row">
        <kbd>Esc</kbd>
        <Dialog.Close asChild>
          <button type="button" className="icon sm-i" aria-label={text('ui.close')}>
            <Icon name="close" />
          </button>
        </Dialog.Close>
      </span>
    </div>
  );
}

/**
 * «Звідки ця сума»: the source of a figure at the right, over the page. Figures inside open above it; `Backspace` goes
 * one back, `Esc` closes all. `source` is the path of the API that explains a reference.
 */
export function TraceDrawer({ source }: { source: string }): ReactNode {
  const text = useText();
  const { stack, back, close } = useTrace();
  const current = stack.at(-1);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Backspace') return;
    event.preventDefault();
    back();
  };
  return (
    <Dialog.Root open={current !== undefined} onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="drawer" aria-describedby={undefined} onKeyDown={onKeyDown}>
          {current !== undefined && <Content key={current} refId={current} source={source} />}
          <footer>
            <Button icon="print" onClick={() => window.print()}>
              {text('ui.trace.print')}
            </Button>
          </footer>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
