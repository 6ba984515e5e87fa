/** Anything that runs SQL: a database or a transaction. */
export interface Reader {
  query<R extends object>(sql: string, params?: readonly unknown[]): Promise<R[]>;
}

export function grouped<K, T>(rows: readonly T[], key: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const at = key(row);
    const group = groups.get(at);
    if (group) group.push(row);
    else groups.set(at, [row]);
  }
  return groups;
}
