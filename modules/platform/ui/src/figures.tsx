'use client';
import type { ReactNode } from 'react';
import { formatCount, formatMoney, isMissing, isZeroMoney, type Missing, type MoneyValue } from './format.ts';
import { useRouter, withSearch } from './router.tsx';
import { useLocale, useText } from './text.tsx';

/** References of opened sources in `?trace=`, the last one is on top. */
export const TRACE_PARAM = 'trace';
const SEPARATOR = '|';

/** Reads the stack of opened sources from the address. */
export const traceStack = (search: URLSearchParams): readonly string[] =>
  (search.get(TRACE_PARAM) ?? '').split(SEPARATOR).filter(Boolean);

/** Opens, stacks and closes sources; the stack lives in the address. */
export function useTrace(): {
  stack: readonly string[];
  open: (ref: string) => void;
  back: () => void;
  close: () => void;
} {
  const router = useRouter();
  const stack = traceStack(router.search);
  const show = (refs: readonly string[]): void =>
    router.replace(withSearch(router.path, router.search, { [TRACE_PARAM]: refs.join(SEPARATOR) || undefined }));
  return {
    stack,
    open: (ref) => show(stack.at(-1) === ref ? stack : [...stack, ref]),
    back: () => show(stack.slice(0, -1)),
    close: () => show([]),
  };
}

/** The hatched box in place of a figure that is not there, with the reason in words. */
export function MissingBox({ value, short = false }: { value: Missing; short?: boolean }): ReactNode {
  const text = useText();
  const full = text(`ui.missing.${value.missing}`);
  if (value.missing === 'hidden') return <span className="mut">{full}</span>;
  return (
    <span className="none" title={full}>
      {short ? text('ui.missing.short') : full}
    </span>
  );
}

/** The text of an amount; zero is quiet, a negative has a real minus and no red. */
function Amount({ value }: { value: string }): ReactNode {
  const locale = useLocale();
  const shown = formatMoney(value, locale);
  return <span className="num">{isZeroMoney(value) ? <span className="z">{shown}</span> : shown}</span>;
}

/** A figure that opens its source. Without a reference it is plain text. */
export function Figure(props: {
  value: MoneyValue;
  traceRef?: string | undefined;
  quiet?: boolean;
  unit?: string;
}): ReactNode {
  const text = useText();
  const locale = useLocale();
  const trace = useTrace();
  const { value, traceRef, quiet, unit } = props;
  if (isMissing(value)) return <MissingBox value={value} />;
  const tail = unit ? ` ${unit}` : '';
  if (!traceRef)
    return (
      <>
        <Amount value={value} />
        {tail}
      </>
    );
  const on = trace.stack.at(-1) === traceRef;
  return (
    <>
      <button
        type="button"
        className={`src num ${quiet ? 'quietly' : ''} ${on ? 'on' : ''}`}
        aria-haspopup="dialog"
        data-trace={traceRef}
        aria-label={text('ui.figure.open', { value: formatMoney(value, locale) })}
        onClick={(event) => {
          event.stopPropagation();
          trace.open(traceRef);
        }}
      >
        <Amount value={value} />
      </button>
      {tail}
    </>
  );
}

/** Money in a cell of a table: right aligned by the column, two decimals, no unit. */
export function MoneyCell(props: {
  value: MoneyValue;
  traceRef?: string | undefined;
  strong?: boolean;
  short?: boolean;
}): ReactNode {
  const { value, traceRef, strong, short } = props;
  if (isMissing(value)) return <MissingBox value={value} short={short ?? false} />;
  const figure = <Figure value={value} traceRef={traceRef} quiet />;
  return strong ? <b>{figure}</b> : figure;
}

/** A whole number with grouped digits. */
export const Count = ({ value }: { value: number | string }): ReactNode => (
  <span className="num">{formatCount(value)}</span>
);

/** Debt, overpayment or none, in a word. */
export function balanceWord(value: string): 'debt' | 'overpaid' | 'none' {
  if (isZeroMoney(value)) return 'none';
  return value.startsWith('-') ? 'overpaid' : 'debt';
}
