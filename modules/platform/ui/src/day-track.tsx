'use client';
import { useEffect, useState, type ReactNode } from 'react';
import { formatDay } from './format.ts';

/** Months since January of a year. */
const toMonths = (day: string, first: number): number => (Number(day.slice(0, 4)) - first) * 12 + Number(day.slice(5, 7)) - 1;
const toDay = (months: number, first: number): string =>
  `${first + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`;

/** A slider over months from January of the first year to today. It chooses when it is released, not on its way. */
export function DayTrack(props: {
  label: string;
  value: string;
  today: string;
  todayWord: string;
  firstYear: number;
  /** Years written under the line. */
  years: readonly number[];
  /** Days that mean something: a tick with the day in words. */
  marks?: readonly string[];
  onChoose: (day: string) => void;
}): ReactNode {
  const { value, today, firstYear, marks = [] } = props;
  const last = toMonths(today, firstYear);
  const [dragged, setDragged] = useState<number>();
  useEffect(() => setDragged(undefined), [value]);
  const at = dragged ?? toMonths(value, firstYear);
  const dayAt = (months: number): string => (months >= last ? today : toDay(months, firstYear));
  const shown = dragged === undefined ? value : dayAt(dragged);
  const release = (): void => {
    if (dragged !== undefined) props.onChoose(dayAt(dragged));
  };
  const place = (months: number): string => `${(months * 100) / last}%`;
  return (
    <div className="ts-track">
      <div className="ts-line">
        {marks.map((mark) => (
          <i key={mark} className="ev" style={{ left: place(toMonths(mark, firstYear)) }} title={formatDay(mark)} />
        ))}
        <input
          type="range"
          className="ts-range"
          aria-label={props.label}
          aria-valuetext={formatDay(shown)}
          title={formatDay(shown)}
          min={0}
          max={last}
          value={at}
          onChange={(event) => setDragged(Number(event.target.value))}
          onPointerUp={release}
          onKeyUp={release}
          onBlur={release}
        />
      </div>
      <div className="ts-y" aria-hidden="true">
        {props.years.map((year) => (
          <span key={year} style={{ left: place((year - firstYear) * 12) }}>
            {year}
          </span>
        ))}
        <span style={{ right: 0 }}>{props.todayWord}</span>
      </div>
    </div>
  );
}
