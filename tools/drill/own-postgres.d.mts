export interface OwnPostgres {
  readonly env: Readonly<Record<string, string>>;
  start(): Promise<void>;
  /** kill -9 of the whole group; answers when it is gone. */
  kill(): Promise<boolean>;
  /** The last lines of its log, for whoever finds it dead. */
  lastWords(): string;
  remove(): Promise<void>;
}
export function openPostgres(): Promise<OwnPostgres>;
