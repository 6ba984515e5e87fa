import type { HomeItem, HomeWaiting } from '@komplat/plugin-api';
import type { Database } from './db/database.ts';

interface ItemRow {
  readonly title_key: string;
  readonly title_params: HomeItem['title']['params'];
  readonly detail: string | null;
  readonly href: string;
  readonly at: Date | null;
  readonly due?: string;
  readonly total: number;
}

/** A queue of the first page from one question; its columns: title_key, title_params, detail, href, at (since when) or due (the last day), and `total`, the count of all. */
export async function waitingRows(database: Database, sql: string, params: readonly unknown[]): Promise<HomeWaiting> {
  const rows = await database.query<ItemRow>(sql, params);
  return {
    count: rows[0]?.total ?? 0,
    items: rows.map(({ title_key: key, title_params, detail, href, at, due }) => ({ title: { key, params: title_params }, detail, href, at, due })),
  };
}
