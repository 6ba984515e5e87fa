export interface OwnPostgres {
  readonly env: Readonly<Record<string, string>>;
  start(): Promise<void>;
  /** kill -9 of the whole group; answers when it is gone. */
  kill(): Promise<boolean>;
  remove(): Promise<void>;
}
export function openPostgres(): Promise<OwnPostgres>;
