'use client';
import { Banner, Button, DayTrack, formatDay, parseDay, useMe, useSearchState, useText } from '@komplat/ui';
import { useEffect, useId, useState, type ReactNode } from 'react';

const FIRST_YEAR = 1997;
const YEARS_SHOWN = [1997, 2007, 2017];

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

/** «Станом на» and «Як було відомо»: the card of another day. Any day but today makes the card read only. */
export function TimeSlider({ marks }: { marks: readonly string[] }): ReactNode {
  const text = useText();
  const { today } = useMe();
  const [search, set] = useSearchState();
  const asOf = search.get('asOf') ?? today;
  const knownAt = search.get('knownAt') ?? today;
  const choose = (name: 'asOf' | 'knownAt') => (day: string): void => set({ [name]: day === today ? undefined : day });
  const track = (name: 'asOf' | 'knownAt', value: string, ticks: readonly string[]): ReactNode => {
    const label = text(`registry.ui.time.${name === 'asOf' ? 'as-of' : 'known-at'}`);
    return (
      <>
        <DayField label={label} value={value} max={today} onChange={choose(name)} />
        <DayTrack
          label={label}
          value={value}
          today={today}
          todayWord={text('registry.ui.time.today')}
          firstYear={FIRST_YEAR}
          years={YEARS_SHOWN}
          marks={ticks}
          onChoose={choose(name)}
        />
      </>
    );
  };
  return (
    <>
      <div className="tslide mb-3" role="group" aria-label={text('registry.ui.time.group')}>
        {track('asOf', asOf, marks)}
        {track('knownAt', knownAt, [])}
        <div className="ts-q">
          <Button size="small" kind="soft" onClick={() => choose('asOf')(`${today.slice(0, 7)}-01`)}>
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
