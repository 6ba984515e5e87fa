'use client';
import { useState, type ReactNode } from 'react';
import { Banner } from './basics.tsx';
import { useText } from './text.tsx';

/** One field of two versions. */
export interface DiffRow {
  readonly key: string;
  readonly label: ReactNode;
  readonly now: string;
  readonly proposed: string;
}

/** Field, now, proposed: only what differs unless all is asked for. The old is struck through, the new is green. */
export function DiffTable(props: { caption: string; rows: readonly DiffRow[]; all?: boolean }): ReactNode {
  const text = useText();
  const rows = props.all ? props.rows : props.rows.filter((row) => row.now !== row.proposed);
  return (
    <table className="tbl diff">
      <caption>{props.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{text('ui.diff.field')}</th>
          <th scope="col">{text('ui.diff.now')}</th>
          <th scope="col">{text('ui.diff.proposed')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.label}</th>
            {row.now === row.proposed ? (
              <>
                <td>{row.now}</td>
                <td className="mut">{text('ui.diff.same')}</td>
              </>
            ) : (
              <>
                <td>
                  <s>{row.now || text('ui.diff.nothing')}</s>
                </td>
                <td className="new">
                  <ins>{row.proposed || text('ui.diff.nothing')}</ins>
                </td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A field that two people changed at the same time. */
export interface StaleField {
  readonly key: string;
  readonly label: string;
  readonly mine: string;
  readonly theirs: string;
}

/** Whose value stays. */
export type Side = 'mine' | 'theirs';

/** Choice per field: what was typed stands until the person decides otherwise. */
export function useSides(): [(key: string) => Side, (key: string, side: Side) => void] {
  const [sides, setSides] = useState<Readonly<Record<string, Side>>>({});
  return [(key) => sides[key] ?? 'mine', (key, side) => setSides((now) => ({ ...now, [key]: side }))];
}

function Choice(props: { field: StaleField; side: Side; value: Side; onChoose: (side: Side) => void }): ReactNode {
  const { field, side, value, onChoose } = props;
  const text = useText();
  return (
    <td className={side === value ? 'new' : ''}>
      <label className="row">
        <input
          type="radio"
          name={`side-${field.key}`}
          value={side}
          checked={side === value}
          aria-label={text(`ui.stale.${side}-of`, { field: field.label })}
          onChange={() => onChoose(side)}
        />
        <span>{field[side] || text('ui.diff.nothing')}</span>
      </label>
    </td>
  );
}

/** Somebody else was faster: who and when, mine and theirs side by side, a choice per field. Nothing is lost. */
export function StaleChoice(props: {
  who: string;
  at: string;
  fields: readonly StaleField[];
  sideOf: (key: string) => Side;
  onChoose: (key: string, side: Side) => void;
}): ReactNode {
  const text = useText();
  return (
    <div data-stale>
      <Banner kind="warn" icon="users">
        <b>{text('ui.stale.title')}</b> {text('ui.stale.who', { who: props.who, at: props.at })}{' '}
        {text(props.fields.length > 0 ? 'ui.stale.choose' : 'ui.stale.other-fields')}
      </Banner>
      {props.fields.length > 0 && (
        <table className="tbl diff mt-2">
          <caption>{text('ui.stale.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{text('ui.diff.field')}</th>
              <th scope="col">{text('ui.stale.mine')}</th>
              <th scope="col">{text('ui.stale.theirs')}</th>
            </tr>
          </thead>
          <tbody>
            {props.fields.map((field) => (
              <tr key={field.key}>
                <th scope="row">{field.label}</th>
                {(['mine', 'theirs'] as const).map((side) => (
                  <Choice
                    key={side}
                    field={field}
                    side={side}
                    value={props.sideOf(field.key)}
                    onChoose={(next) => props.onChoose(field.key, next)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

/** One figure before and after an act. */
export interface ImpactRow {
  readonly key: string;
  readonly label: ReactNode;
  readonly was: ReactNode;
  readonly becomes: ReactNode;
  readonly strong?: boolean;
}

/** What an act changes in numbers, and what it leaves alone. */
export function ImpactPreview(props: {
  caption: string;
  rows: readonly ImpactRow[];
  same: readonly string[];
}): ReactNode {
  const text = useText();
  return (
    <div>
      <table className="tbl diff">
        <caption>{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{text('ui.impact.what')}</th>
            <th scope="col" className="r">
              {text('ui.impact.was')}
            </th>
            <th scope="col" className="r">
              {text('ui.impact.becomes')}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.label}</th>
              <td className="r tnum">{row.was}</td>
              <td className="r tnum">{row.strong ? <b>{row.becomes}</b> : row.becomes}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {props.same.length > 0 && (
        <p className="hint mt-2">
          {text('ui.impact.same')} {props.same.join(', ')}.
        </p>
      )}
    </div>
  );
}
