'use client';
import { Banner, Button, formatDay, parseDay, useMe, useSearchState, useText } from '@komplat/ui';
import { useEffect, useId, useState, type ReactNode } from 'react';

const FIRST_YEAR = 1997;
const YEARS_SHOWN = [1997, 2002, 2007, 2012, 2017, 2022];

/** Months since January of the first year. */
const toMonths = (day: string): number => (Number(day.slice(0, 4)) - FIRST_YEAR) * 12 + Number(day.slice(5, 7)) - 1;
const toDay = (months: number): string =>
  `${FIRST_YEAR + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`;

function DayField(props: { label: string; value: string; max: string; onChange: (day: string) => void }): ReactNode {
  const id = useId();
  const [typed, setTyped] = useState(formatDay(props.value));
  useEffect(() => setTyped(formatDay(props.value)), [props.value]);
  const take = (): void => {
    const day = parseDay(typed, props.max);
    if (day && day >= `${FIRST_YEAR}-01-01` && day <= props.max) props.onChange(day);
    else setTyped(formatDay(props.value));
  };
  return (
    <div className="ts-f">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        className="input small tnum"
        style={{ width: 96 }}
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => event.key === 'Enter' && take()}
      />
    </div>
  );
}

function Track(props: {
  marks: readonly string[];
  asOf: string;
  today: string;
  onChoose: (day: string) => void;
}): ReactNode {
  const { marks, asOf, today } = props;
  const text = useText();
  const last = toMonths(today);
  const [dragged, setDragged] = useState<number>();
  useEffect(() => setDragged(undefined), [asOf]);
  const at = dragged ?? toMonths(asOf);
  const release = (): void => {
    if (dragged !== undefined) props.onChoose(dragged >= last ? today : toDay(dragged));
  };
  const place = (months: number): string => `${(months * 100) / last}%`;
  return (
    <div className="ts-track">
      <div className="ts-line">
        {marks.map((mark) => (
          <i key={mark} className="ev" style={{ left: place(toMonths(mark)) }} title={formatDay(mark)} />
        ))}
        <input
          type="range"
          className="ts-range"
          aria-label={text('registry.ui.time.as-of')}
          aria-valuetext={formatDay(at >= last ? today : toDay(at))}
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
        {YEARS_SHOWN.map((year) => (
          <span key={year} style={{ left: place((year - FIRST_YEAR) * 12) }}>
            {year}
          </span>
        ))}
        <span style={{ right: 0 }}>{text('registry.ui.time.today')}</span>
      </div>
    </div>
  );
}

/** «Станом на» and «Як було відомо»: the card of another day. Any day but today makes the card read only. */
export function TimeSlider({ marks }: { marks: readonly string[] }): ReactNode {
  const text = useText();
  const { today } = useMe();
  const [search, set] = useSearchState();
  const asOf = search.get('asOf') ?? today;
  const knownAt = search.get('knownAt') ?? today;
  const choose = (day: string): void => set({ asOf: day === today ? undefined : day });
  return (
    <>
      <div className="tslide mb-3" role="group" aria-label={text('registry.ui.time.group')}>
        <DayField label={text('registry.ui.time.as-of')} value={asOf} max={today} onChange={choose} />
        <Track marks={marks} asOf={asOf} today={today} onChoose={choose} />
        <DayField
          label={text('registry.ui.time.known-at')}
          value={knownAt}
          max={today}
          onChange={(day) => set({ knownAt: day === today ? undefined : day })}
        />
        <div className="ts-q">
          <Button size="small" kind="soft" onClick={() => choose(`${today.slice(0, 7)}-01`)}>
            {text('registry.ui.time.quick', { day: formatDay(`${today.slice(0, 7)}-01`) })}
          </Button>
        </div>
      </div>
      {(asOf !== today || knownAt !== today) && (
        <div className="mb-3">
          <Banner
            kind="warn"
            icon="history"
            actions={
              <Button size="small" onClick={() => set({ asOf: undefined, knownAt: undefined })}>
                {text('registry.ui.time.back')}
              </Button>
            }
          >
            {text('registry.ui.time.past', { asOf: formatDay(asOf), knownAt: formatDay(knownAt) })}
          </Banner>
        </div>
      )}
    </>
  );
}
