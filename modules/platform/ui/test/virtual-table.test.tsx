/** @jest-environment ./modules/platform/ui/test/browser-environment.mjs */
import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { draw, violationsOf } from '@komplat/testing/pages';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { DayTrack, VirtualTable } from '../src/index.ts';

interface Row {
  readonly id: string;
}
const rowsOf = (count: number): Row[] => Array.from({ length: count }, (_, at) => ({ id: `row-${at}` }));
const HEIGHT = 520;
const ROW = 26;

/** The browser of the tests has no layout: the frame is given its height here. */
beforeAll(() => {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => HEIGHT });
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 900 });
  Object.defineProperty(HTMLElement.prototype, 'scrollHeight', { configurable: true, get: () => 1_000_000 });
  HTMLElement.prototype.scrollTo = function scrollTo(this: HTMLElement, to?: ScrollToOptions | number) {
    this.scrollTop = typeof to === 'object' ? (to.top ?? 0) : 0;
    queueMicrotask(() => this.dispatchEvent(new Event('scroll')));
  };
});
afterEach(cleanup);

function Table(props: { rows: readonly Row[]; place: string; onOpen?: (row: Row) => void; fetch?: () => void; has?: boolean }): ReactNode {
  return (
    <VirtualTable
      caption="Місяці"
      place={props.place}
      columns={1}
      head={
        <tr>
          <th scope="col">Місяць</th>
        </tr>
      }
      rows={props.rows}
      rowKey={(row) => row.id}
      {...(props.onOpen ? { onOpen: props.onOpen } : {})}
      more={{ has: props.has ?? false, busy: false, fetch: props.fetch ?? (() => undefined) }}
      row={(row, attributes) => (
        <tr key={row.id} {...attributes}>
          <th scope="row">{row.id}</th>
        </tr>
      )}
    />
  );
}
const drawn = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('tr[data-row]')];
const frame = (): HTMLElement => screen.getByRole('region');
const press = (code: string, key = code): Promise<void> =>
  act(async () => {
    fireEvent.keyDown(document.body, { code, key });
    await new Promise((resolve) => requestAnimationFrame(resolve));
  });

describe('a table of any length', () => {
  it('draws only the rows in sight, at most a hundred of 3 500', async () => {
    draw(<Table rows={rowsOf(3_500)} place="a" />);
    expect(drawn().length).toBeGreaterThan(HEIGHT / ROW - 1);
    expect(drawn().length).toBeLessThan(100);
    expect(drawn()[0]?.getAttribute('data-row')).toBe('row-0');
    expect(await violationsOf(document.body)).toEqual([]);
  });

  it('is walked by keys, opened by Enter, and jumps to its ends', async () => {
    const onOpen = jest.fn();
    draw(<Table rows={rowsOf(400)} place="b" onOpen={onOpen} />);
    await press('KeyJ', 'j');
    await press('KeyJ', 'j');
    expect(document.querySelector('tr[aria-current]')?.getAttribute('data-row')).toBe('row-1');
    await press('Enter');
    expect(onOpen).toHaveBeenCalledWith({ id: 'row-1' });
    await press('End');
    expect(frame().scrollTop).toBeGreaterThan(380 * ROW - HEIGHT);
    await press('Home');
    expect(frame().scrollTop).toBe(0);
  });

  it('asks for more when the end comes near, not before', async () => {
    const fetch = jest.fn();
    draw(<Table rows={rowsOf(400)} place="c" has fetch={fetch} />);
    expect(fetch).not.toHaveBeenCalled();
    await press('End');
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('is found where it was by whoever comes back', async () => {
    draw(<Table rows={rowsOf(400)} place="d" />);
    await act(async () => {
      frame().scrollTo({ top: 2_600 });
      await Promise.resolve();
    });
    cleanup();
    draw(<Table rows={rowsOf(400)} place="d" />);
    expect(drawn().some((line) => line.dataset['row'] === 'row-100')).toBe(true);
  });
});

describe('a slider of days', () => {
  it('says its day in words and chooses when it is released', () => {
    const onChoose = jest.fn();
    draw(
      <DayTrack label="Як було відомо" value="2026-11-23" today="2026-11-23" todayWord="сьогодні" firstYear={1997} years={[1997]} onChoose={onChoose} />,
    );
    const slider = screen.getByRole('slider', { name: 'Як було відомо' });
    expect(slider.getAttribute('aria-valuetext')).toBe('23.11.2026');
    fireEvent.change(slider, { target: { value: '12' } });
    expect(onChoose).not.toHaveBeenCalled();
    expect(slider.getAttribute('aria-valuetext')).toBe('01.01.1998');
    fireEvent.keyUp(slider, { key: 'ArrowLeft' });
    expect(onChoose).toHaveBeenCalledWith('1998-01-01');
  });
});
