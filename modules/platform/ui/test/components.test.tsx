/** @jest-environment ./modules/platform/ui/test/browser-environment.mjs */
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { draw, placeOf, violationsOf } from '@komplat/testing/pages';
import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import {
  Button,
  ConfirmDestructive,
  DataTable,
  Figure,
  Forbidden,
  Frame,
  Guarded,
  MoneyCell,
  OutcomeBar,
  ReasonDialog,
  StatusPill,
  Steps,
} from '../src/index.ts';

afterEach(cleanup);

describe('MoneyCell', () => {
  it('shows a computed zero as zero and a missing figure as its reason', () => {
    const { container } = draw(
      <>
        <MoneyCell value="0.00" />
        <MoneyCell value={{ missing: 'not-received' }} />
        <MoneyCell value={{ missing: 'hidden' }} />
      </>,
    );
    expect(container.textContent).toBe('0,00ще не надійшлоприховано');
  });
});

describe('Figure', () => {
  it('opens its source in the address and stacks a second one', async () => {
    const place = placeOf('/registry/accounts/0421057316?tab=debt');
    draw(
      <>
        <Figure value="1130.13" traceRef="accrual:2026-10" />
        <Figure value="5.00" traceRef="payment:9" />
      </>,
      { place },
    );
    const [first, second] = screen.getAllByRole('button');
    expect(first?.getAttribute('aria-haspopup')).toBe('dialog');
    if (!first || !second) throw new Error('two figures expected');
    await userEvent.click(first);
    await userEvent.click(second);
    const [, query = ''] = place.address().split('?');
    expect(new URLSearchParams(query).get('trace')).toBe('accrual:2026-10|payment:9');
    expect(new URLSearchParams(query).get('tab')).toBe('debt');
  });

  it('is plain text without a source', () => {
    draw(<Figure value="1.00" />);
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('Button', () => {
  it('stays reachable when the act is not possible, and does not act', async () => {
    const act = jest.fn();
    draw(
      <Button why="Спершу виберіть файл" onClick={act}>
        Завантажити
      </Button>,
    );
    const button = screen.getByRole('button');
    await userEvent.click(button);
    expect(act).not.toHaveBeenCalled();
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect((await screen.findAllByText('Спершу виберіть файл')).length).toBeGreaterThan(0);
  });
});

describe('ReasonDialog', () => {
  it('wants ten characters and hands over a trimmed reason', async () => {
    const submit = jest.fn();
    draw(<ReasonDialog open title="Призупинити?" action="Призупинити" onSubmit={submit} onClose={() => undefined} />);
    const field = screen.getByRole('textbox');
    expect(document.activeElement).toBe(field);
    await userEvent.type(field, 'коротко');
    await userEvent.click(screen.getByRole('button', { name: 'Призупинити' }));
    expect(submit).not.toHaveBeenCalled();
    expect(field.getAttribute('aria-invalid')).toBe('true');
    await userEvent.type(field, ', бо чекаємо показань ');
    await userEvent.click(screen.getByRole('button', { name: 'Призупинити' }));
    expect(submit).toHaveBeenCalledWith('коротко, бо чекаємо показань');
  });
});

describe('ConfirmDestructive', () => {
  it('starts on Cancel and acts only after the count is typed', async () => {
    const submit = jest.fn();
    draw(
      <ConfirmDestructive
        open
        title="Відкотити?"
        effect="1231 рядок"
        typed="1231"
        action="Відкотити 1 231 рядок"
        onSubmit={submit}
        onClose={() => undefined}
      />,
    );
    expect(document.activeElement?.textContent).toContain('Скасувати');
    const [reason, count] = screen.getAllByRole('textbox');
    if (!reason || !count) throw new Error('two fields expected');
    await userEvent.type(reason, 'Банк надіслав виправлений реєстр');
    await userEvent.type(count, '1230');
    await userEvent.click(screen.getByRole('button', { name: 'Відкотити 1 231 рядок' }));
    expect(submit).not.toHaveBeenCalled();
    await userEvent.clear(count);
    await userEvent.type(count, '1231');
    await userEvent.click(screen.getByRole('button', { name: 'Відкотити 1 231 рядок' }));
    expect(submit).toHaveBeenCalledTimes(1);
  });
});

interface Row {
  readonly id: string;
  readonly name: string;
}
const pagesOf = (items: readonly Row[], next: boolean) => ({
  data: { pages: [{ items }] },
  error: null,
  hasNextPage: next,
  isFetchingNextPage: false,
  fetchNextPage: jest.fn(),
  refetch: jest.fn(),
});

describe('DataTable', () => {
  const columns = [
    { key: 'id', title: 'Рахунок', cell: (row: Row) => row.id },
    { key: 'name', title: 'Абонент', cell: (row: Row) => row.name },
  ];
  const rows = [
    { id: '1', name: 'Перший' },
    { id: '2', name: 'Другий' },
  ];

  it('has caption and scopes, moves by J and opens by Enter', async () => {
    const place = placeOf('/registry/accounts');
    const { container } = draw(
      <DataTable
        caption="Рахунки"
        columns={columns}
        pages={pagesOf(rows, false)}
        rowKey={(row) => row.id}
        rowHref={(row) => `/registry/accounts/${row.id}`}
        empty={null}
      />,
      { place },
    );
    expect(within(screen.getByRole('table', { name: 'Рахунки' })).getAllByRole('columnheader')).toHaveLength(2);
    expect(screen.getAllByRole('rowheader')).toHaveLength(2);
    await userEvent.keyboard('jj{Enter}');
    expect(place.address()).toBe('/registry/accounts/2');
    expect(await violationsOf(container)).toEqual([]);
  });

  it('asks for the next page only when there is one', async () => {
    const pages = pagesOf(rows, true);
    draw(<DataTable caption="Рахунки" columns={columns} pages={pages} rowKey={(row) => row.id} empty={null} />);
    await userEvent.click(screen.getByRole('button', { name: 'Показати ще' }));
    expect(pages.fetchNextPage).toHaveBeenCalledTimes(1);
  });
});

describe('states', () => {
  it('names the missing permission', () => {
    draw(<Guarded permission="legal.claim.read">таємниця</Guarded>, {
      messages: { 'legal.permission.claim.read': 'Перегляд судових справ' },
    });
    expect(screen.queryByText('таємниця')).toBeNull();
    expect(screen.getByText(/Перегляд судових справ/)).toBeTruthy();
  });

  it('keeps old data on screen when a refetch fails', () => {
    const read = { data: 'дані', error: new Error('boom'), refetch: jest.fn() };
    draw(<Frame read={read}>{(data) => <p>{data}</p>}</Frame>);
    expect(screen.getByText('дані')).toBeTruthy();
  });

  it('adds the parts of an outcome up to the plan', () => {
    const { container } = draw(<OutcomeBar value={{ planned: 100, done: 60, failed: 10, skipped: 5 }} />);
    const widths = [...container.querySelectorAll('.bar i')].map((part) => part.getAttribute('style'));
    expect(widths).toEqual(['width: 60%;', 'width: 10%;', 'width: 5%;']);
    expect(container.textContent).toContain('60 з 100');
  });

  it('shows every state by a word, in both languages, without violations', async () => {
    const { container } = draw(
      <main>
        <StatusPill kind="bad">не вдалося</StatusPill>
        <Steps
          label="Етапи"
          steps={[
            { key: 'a', state: 'done', title: 'Файл', note: '' },
            { key: 'b', state: 'now', title: 'Розбір', note: '' },
          ]}
        />
        <Forbidden permission="a.b" />
      </main>,
      { locale: 'en' },
    );
    expect(container.textContent).toContain('This section is not for your role');
    expect(container.querySelector('[aria-current="step"]')?.textContent).toContain('Розбір');
    expect(await violationsOf(container)).toEqual([]);
  });
});
