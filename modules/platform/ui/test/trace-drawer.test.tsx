/** @jest-environment ./modules/platform/ui/test/browser-environment.mjs */
import { afterEach, describe, expect, it } from '@jest/globals';
import { draw, placeOf, violationsOf } from '@komplat/testing/pages';
import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { TraceDrawer, type Trace } from '../src/index.ts';

afterEach(cleanup);

const trace = (title: string, value: string, ref?: string): Trace => ({
  title,
  value,
  pills: [],
  steps: [
    {
      label: 'Тепло на опалення',
      formula: '0.6148 × 1654.41',
      inputs: [{ name: 'Обсяг', value: '0.6148', unit: 'Гкал', ref: ref ?? null }],
      result: value,
      rounding: 'half-away-0.01',
      law: 'наказ № 315',
    },
  ],
  sources: [{ kind: 'tariff', title: 'Рішення виконкому', number: '412', date: '2026-09-18' }],
  versions: [],
  secondCalculation: { agrees: false, value: '1017.14' },
});

const answer = ({ url }: { url: string }): Response => {
  const body = url.endsWith(encodeURIComponent('accrual:1'))
    ? trace('Опалення', '1017.13', 'reading:2')
    : trace('Показання', '61.84');
  return new Response(JSON.stringify(body));
};

const traceOf = (address: string): string | null => new URLSearchParams(address.split('?')[1] ?? '').get('trace');

describe('TraceDrawer', () => {
  it('shows formula, law, document and the disagreement of the second calculation', async () => {
    draw(<TraceDrawer source="billing/trace" />, { place: placeOf('/x?trace=accrual:1'), answer });
    const drawer = await screen.findByRole('dialog', { name: 'Опалення' });
    expect(drawer.textContent).toContain('0,6148 × 1\u00a0654,41');
    expect(drawer.textContent).toContain('заокруглення: до копійки');
    expect(drawer.textContent).toContain('наказ № 315');
    expect(drawer.textContent).toContain('Рішення виконкому №\u00a0412 від 18.09.2026');
    expect(drawer.querySelector('.pill.bad')?.textContent).toContain('1\u00a0017,14');
    expect(await violationsOf(drawer)).toEqual([]);
  });

  it('stacks a figure inside, Backspace goes one back, Escape closes all', async () => {
    const place = placeOf('/x?trace=accrual:1');
    draw(<TraceDrawer source="billing/trace" />, { place, answer });
    await screen.findByRole('dialog', { name: 'Опалення' });
    await userEvent.click(screen.getByRole('button', { name: /відкрити джерело/ }));
    await screen.findByRole('dialog', { name: 'Показання' });
    expect(traceOf(place.address())).toBe('accrual:1|reading:2');
    await userEvent.keyboard('{Backspace}');
    await screen.findByRole('dialog', { name: 'Опалення' });
    expect(traceOf(place.address())).toBe('accrual:1');
    await userEvent.keyboard('{Escape}');
    expect(traceOf(place.address())).toBeNull();
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
