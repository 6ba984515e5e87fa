/** @jest-environment ./modules/platform/ui/test/browser-environment.mjs */
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { draw, placeOf, violationsOf } from '@komplat/testing/pages';
import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { DataTable, FilterChip, useKeys, useTable, type Column, type Marks } from '../src/index.ts';

afterEach(cleanup);

interface Row {
  readonly id: string;
  readonly name: string;
  readonly sum: string;
}
const COLUMNS: readonly Column<Row>[] = [
  { key: 'id', title: 'Рахунок', fixed: true, sortable: true, cell: (row) => row.id },
  { key: 'name', title: 'Абонент', sortable: true, filter: 'state', cell: (row) => row.name },
  { key: 'sum', title: 'Сума', align: 'right', sortable: true, sum: 'sum', cell: (row) => row.sum },
  { key: 'note', title: 'Примітка', spare: true, cell: () => 'є' },
];
const ROWS = ['1', '2', '3', '4'].map((id) => ({ id, name: `Абонент ${id}`, sum: '10.00' }));
const asked: string[] = [];

function Table({ marked }: { marked?: (marks: Marks) => string }) {
  const pages = useTable<Row>('test/rows', { state: 'open' });
  return (
    <DataTable
      caption="Рядки"
      columns={COLUMNS}
      pages={pages}
      rowKey={(row) => row.id}
      order="id"
      exportable
      {...(marked ? { marked } : {})}
      filters={<FilterChip name="state" label="Стан" all="усі" options={[{ value: 'open', label: 'відкрито' }]} />}
      empty={<p>порожньо</p>}
    />
  );
}

const answer = ({ url }: { url: string }): Response => {
  asked.push(url);
  if (url.includes('/file'))
    return new Response('x', { headers: { 'content-disposition': 'attachment; filename="rows.csv"' } });
  if (url.includes('state=broken')) return new Response('{"code":"platform.unexpected"}', { status: 500 });
  return Response.json({ items: ROWS, next: 'later', totals: { count: 148, sums: { sum: '1480.00' } } });
};

async function drawTable(start = '/rows', marked?: (marks: Marks) => string) {
  asked.length = 0;
  const place = placeOf(start);
  const drawn = draw(<Table {...(marked ? { marked } : {})} />, { place, answer });
  await screen.findByRole('table', { name: 'Рядки' });
  return { place, ...drawn };
}
const heads = (): string[] => screen.getAllByRole('columnheader').map((head) => head.textContent ?? '');

describe('a table in the address', () => {
  it('sorts by a click and by S, asks the server and says so in the head', async () => {
    const { place, container } = await drawTable();
    const head = screen.getByRole('columnheader', { name: 'Сума' });
    await userEvent.click(within(head).getByRole('button'));
    expect(place.address()).toBe('/rows?sort=sum');
    expect(asked.at(-1)).toContain('sort=sum');
    expect((await screen.findByRole('columnheader', { name: 'Сума' })).getAttribute('aria-sort')).toBe('ascending');
    await userEvent.keyboard('s');
    expect(place.address()).toBe('/rows?sort=-sum');
    await userEvent.keyboard('s');
    expect(place.address()).toBe('/rows');
    expect(await violationsOf(container)).toEqual([]);
  });

  it('shows the sum and the count of the whole filter', async () => {
    const { container } = await drawTable();
    expect(container.querySelector('tfoot')?.textContent).toBe('Разом, 148 рядків1\u00a0480,00');
    expect(container.textContent).toContain('Показано 4 з 148');
  });

  it('keeps chosen columns and their order, and the identity stays', async () => {
    const { place } = await drawTable('/rows?cols=sum,note');
    expect(heads()).toEqual(['Рахунок', 'Сума', 'Примітка']);
    await userEvent.click(screen.getByRole('button', { name: /Колонки/ }));
    const box = await screen.findByRole('checkbox', { name: 'Абонент' });
    expect((screen.getByRole('checkbox', { name: 'Рахунок' }) as HTMLInputElement).disabled).toBe(true);
    await userEvent.click(box);
    expect(new URLSearchParams(place.address().split('?')[1]).get('cols')).toBe('sum,note,name');
    await userEvent.click(screen.getAllByRole('button', { name: 'Вище' }).at(-1) ?? box);
    expect(new URLSearchParams(place.address().split('?')[1]).get('cols')).toBe('sum,name,note');
  });

  it('is dense when asked', async () => {
    const { place, container } = await drawTable();
    await userEvent.click(screen.getByRole('button', { name: 'Щільні рядки' }));
    expect(place.address()).toBe('/rows?rows=dense');
    expect(container.querySelector('table')?.className).toContain('dense');
  });
});

describe('marks', () => {
  it('by Space, a range by Shift Space, all of the filter by one press', async () => {
    const seen: Marks[] = [];
    const { container } = await drawTable('/rows', (marks) => {
      seen.push(marks);
      return '';
    });
    const row = (id: string): HTMLElement => {
      const found = container.querySelector<HTMLElement>(`tr[data-row="${id}"]`);
      if (!found) throw new Error(`no row ${id}`);
      return found;
    };
    await userEvent.keyboard('j jj{Shift>} {/Shift}');
    expect(screen.getByText('Позначено 3 з 148')).toBeTruthy();
    expect(['1', '2', '3', '4'].map((id) => row(id).dataset['marked'])).toEqual(['true', 'true', 'true', undefined]);
    await userEvent.click(screen.getByRole('button', { name: 'Вибрати всі 148' }));
    expect(seen.at(-1)).toMatchObject({ all: true, count: 148 });
    await userEvent.click(screen.getByRole('button', { name: 'Зняти позначки' }));
    expect(screen.queryByText(/Позначено/)).toBeNull();
    expect(await violationsOf(container)).toEqual([]);
  });

  it('go into the file with the columns and the order of the screen', async () => {
    URL.createObjectURL = jest.fn(() => 'blob:x');
    URL.revokeObjectURL = jest.fn();
    HTMLAnchorElement.prototype.click = jest.fn(); // saving a file is a navigation that jsdom does not have
    await drawTable('/rows?cols=sum&sort=-sum', () => '');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Позначити рядок 2' }));
    await userEvent.keyboard('e');
    await userEvent.click(await screen.findByRole('menuitem', { name: 'CSV' }));
    const query = new URL(asked.at(-1) ?? '', 'http://x').searchParams;
    expect(Object.fromEntries(query)).toEqual({
      state: 'open',
      sort: '-sum',
      columns: 'id,sum',
      ids: '2',
      format: 'csv',
    });
  });
});

describe('keys', () => {
  it('F opens the filter, C the columns', async () => {
    await drawTable();
    await userEvent.keyboard('f');
    expect((await screen.findByRole('menuitemradio', { name: 'відкрито' })).textContent).toBe('відкрито');
    await userEvent.keyboard('{Escape}');
    await userEvent.keyboard('c');
    expect(await screen.findByRole('dialog', { name: 'Колонки' })).toBeTruthy();
  });

  it('one row takes part in the tab order', async () => {
    const { container } = await drawTable();
    await userEvent.keyboard('jj');
    const order = [...container.querySelectorAll('tr[data-row]')].map((row) => row.getAttribute('tabindex'));
    expect(order).toEqual(['-1', '0', '-1', '-1']);
    expect(document.activeElement).toBe(container.querySelector('tr[data-row="2"]'));
  });

  it('a key without an act in the table stays free for the page', async () => {
    const posted = jest.fn();
    function Page() {
      useKeys({ 'Ctrl+Enter': posted }); // the effects of the table run before those of its page
      return <Table />;
    }
    draw(<Page />, { place: placeOf('/rows'), answer });
    await screen.findByRole('table', { name: 'Рядки' });
    await userEvent.keyboard('j{Control>}{Enter}{/Control}');
    expect(posted).toHaveBeenCalledTimes(1);
  });
});
