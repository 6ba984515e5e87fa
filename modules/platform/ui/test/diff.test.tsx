/** @jest-environment ./modules/platform/ui/test/browser-environment.mjs */
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { draw, violationsOf } from '@komplat/testing/pages';
import { act, cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { DiffTable, ImpactPreview, Offline, StaleChoice, useSides } from '../src/index.ts';

afterEach(cleanup);

describe('DiffTable', () => {
  it('shows what differs, the old struck through, and the rest when asked', async () => {
    const rows = [
      { key: 'name', label: 'Прізвище', now: 'Гнатюк', proposed: 'Гнатюк-Рій' },
      { key: 'phone', label: 'Телефон', now: '067', proposed: '067' },
    ];
    const { container, rerender } = draw(<DiffTable caption="Зміни" rows={rows} />);
    expect(screen.getAllByRole('rowheader').map((head) => head.textContent)).toEqual(['Прізвище']);
    expect([container.querySelector('s')?.textContent, container.querySelector('ins')?.textContent]).toEqual([
      'Гнатюк',
      'Гнатюк-Рій',
    ]);
    expect(await violationsOf(container)).toEqual([]);
    rerender(<p />);
    draw(<DiffTable caption="Зміни" rows={rows} all />);
    expect(screen.getByText('без змін')).toBeTruthy();
  });
});

function Two() {
  const [sideOf, choose] = useSides();
  const fields = [
    { key: 'phone', label: 'Телефон', mine: '050', theirs: '067' },
    { key: 'email', label: 'Пошта', mine: 'a@b.ua', theirs: '' },
  ];
  return (
    <>
      <StaleChoice who="Ткачук Н. І." at="23.11.2026 14:08" fields={fields} sideOf={sideOf} onChoose={choose} />
      <output>{fields.map(({ key }) => sideOf(key)).join()}</output>
    </>
  );
}

describe('StaleChoice', () => {
  it('says who and when; the typed value stands until the other is chosen, field by field', async () => {
    const { container } = draw(<Two />);
    expect(container.textContent).toContain('Хто й коли змінив: Ткачук Н. І., 23.11.2026 14:08.');
    expect(container.querySelector('output')?.textContent).toBe('mine,mine');
    await userEvent.click(screen.getByRole('radio', { name: 'Пошта: лишити записане' }));
    expect(container.querySelector('output')?.textContent).toBe('mine,theirs');
    expect(await violationsOf(container)).toEqual([]);
  });
});

describe('ImpactPreview', () => {
  it('names what changes and what does not', async () => {
    const { container } = draw(
      <ImpactPreview
        caption="Відкіт"
        rows={[{ key: 'a', label: 'Рядків', was: '12', becomes: '0' }]}
        same={['файл']}
      />,
    );
    expect(container.textContent).toContain('Не змінюється: файл.');
    expect(await violationsOf(container)).toEqual([]);
  });
});

describe('Offline', () => {
  it('says since when, tries again by itself and by hand', async () => {
    jest.useFakeTimers();
    const retry = jest.fn();
    const { container } = draw(<Offline since={Date.parse('2026-11-23T08:41:00Z')} onRetry={retry} />);
    expect(container.textContent).toContain('Зв’язку немає з 10:41.');
    const first = retry.mock.calls.length;
    await act(() => jest.advanceTimersByTimeAsync(10_000));
    expect(retry.mock.calls.length).toBe(first + 1);
    jest.useRealTimers();
    await userEvent.click(screen.getByRole('button', { name: 'Повторити' }));
    expect(retry.mock.calls.length).toBe(first + 2);
  });
});
