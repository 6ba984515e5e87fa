'use client';
import { formatDay, useMe, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import { MORATORIA } from '../../contract/index.ts';
import { territoryLines } from '../../domain/index.ts';
import { OrderDialog } from './order-form.tsx';

const CODE = /^UA\d{17}$/;
/** A territory of combat action: nothing is added to the debt and nobody is cut off (law.md 4.4). */
const COMBAT = 'penalty inflation-interest disconnection';

/** A list of territories as the ministry gives it, one a line. */
export function WindowsDialog({ onClose }: { onClose: () => void }): ReactNode {
  const text = useText();
  const word = (name: string): string => text(`debt.ui.territories.${name}`);
  const wrong = (lines: string): string | undefined => {
    const { wrong: at } = territoryLines(lines);
    return at === undefined ? undefined : text('debt.ui.territories.wrong-line', { line: at });
  };
  return (
    <OrderDialog
      title={word('ask-windows')}
      text={text('debt.ui.form.four-eyes')}
      action={text('debt.ui.form.ask')}
      done={text('debt.ui.form.asked')}
      path="debt/moratoria"
      fields={[
        { name: 'rows', label: word('rows'), kind: 'lines', hint: word('rows-hint'), check: wrong },
        {
          name: 'kinds',
          label: word('kind'),
          kind: 'choice',
          initial: COMBAT,
          options: [COMBAT, ...MORATORIA].map((value) => ({
            value,
            label: value.split(' ').map((kind) => text(`debt.ui.moratorium.${kind}`)).join(', '),
          })),
        },
        { name: 'ground', label: word('ground'), kind: 'text' },
        { name: 'act', label: word('act'), kind: 'text' },
      ]}
      order={({ rows = '', kinds = '', ground, act }, reason) => ({ rows: territoryLines(rows).rows, kinds: kinds.split(' '), ground, act, reason })}
      onClose={onClose}
    />
  );
}

/** Where a house, a district or the whole city lies. */
export function PlaceDialog({ onClose }: { onClose: () => void }): ReactNode {
  const text = useText();
  const { today } = useMe();
  const word = (name: string): string => text(`debt.ui.territories.${name}`);
  return (
    <OrderDialog
      title={word('ask-place')}
      text={text('debt.ui.form.four-eyes')}
      action={text('debt.ui.form.ask')}
      done={text('debt.ui.form.asked')}
      path="debt/places"
      fields={[
        { name: 'house', label: word('house'), kind: 'text', optional: true, hint: word('house-hint') },
        { name: 'district', label: word('district'), kind: 'count', optional: true },
        { name: 'territory', label: word('code'), kind: 'text', check: (code) => (CODE.test(code) ? undefined : word('wrong-code')) },
        { name: 'name', label: word('name'), kind: 'text' },
        { name: 'from', label: word('from'), kind: 'day', initial: formatDay(today) },
      ]}
      order={({ house, district, ...rest }, reason) => ({ ...rest, reason, ...(house ? { house } : {}), ...(district ? { district: Number(district) } : {}) })}
      onClose={onClose}
    />
  );
}
