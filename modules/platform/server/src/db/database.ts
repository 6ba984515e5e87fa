import type { Readable, Writable } from 'node:stream';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { requestId } from '../request-context.ts';
import { asDomainError, isRetried } from './sql-errors.ts';
import { sqlTypes } from './types.ts';

/** One transaction of the database. Placeholders are `$1`, `$2`. */
export interface Tx {
  query<R extends object>(sql: string, params?: readonly unknown[]): Promise<R[]>;
  /** Stream for `copy … from stdin`: write, end, wait for `finish`. */
  copyIn(sql: string): Promise<Writable>;
  copyOut(sql: string): Promise<Readable>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly maxConnections: number;
  /** Longest statement in milliseconds; 0 = no limit (mass work under its own login). */
  readonly statementTimeoutMs: number;
}

const ATTEMPTS = 3;

/** A pool under one database login. Set-based work and everything that moves money goes through it as plain SQL. */
@Injectable()
export class Database implements OnApplicationShutdown {
  readonly pool: pg.Pool;

  constructor(options: DatabaseOptions) {
    this.pool = new pg.Pool({
      connectionString: options.url,
      max: options.maxConnections,
      types: sqlTypes,
      options: '-c temp_buffers=64MB', // room for the work tables of mass work: with less they go through files
      statement_timeout: options.statementTimeoutMs,
      lock_timeout: options.statementTimeoutMs === 0 ? 0 : 10_000,
      idle_in_transaction_session_timeout: 120_000,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    this.pool.on('error', () => undefined); // an idle connection that dies is replaced by the pool
  }

  /** One statement, committed by itself. */
  async query<R extends object>(sql: string, params: readonly unknown[] = []): Promise<R[]> {
    try {
      const result = await this.pool.query<R>(sql, [...params]);
      return result.rows;
    } catch (error) {
      throw asDomainError(error);
    }
  }

  /** The same, prepared once a connection under `name`: for the few statements that run a thousand times a second. */
  async prepared<R extends object>(name: string, sql: string, params: readonly unknown[]): Promise<R[]> {
    try {
      const result = await this.pool.query<R>({ name, text: sql, values: [...params] });
      return result.rows;
    } catch (error) {
      throw asDomainError(error);
    }
  }

  /** All or nothing. Serialisation failures and deadlocks are tried again, at most three times in all. */
  async transaction<R>(work: (tx: Tx) => Promise<R>): Promise<R> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(work);
      } catch (error) {
        if (attempt >= ATTEMPTS || !isRetried(error)) throw asDomainError(error);
      }
    }
  }

  /** A transaction that is rolled back in the end: the same code as a dry run. */
  async dryRun<R>(work: (tx: Tx) => Promise<R>): Promise<R> {
    return this.once(work, 'rollback');
  }

  private async once<R>(work: (tx: Tx) => Promise<R>, end: 'commit' | 'rollback' = 'commit'): Promise<R> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    const onError = (error: Error): void => {
      broken = error;
    };
    client.on('error', onError);
    try {
      await client.query(begin());
      const result = await work(asTx(client));
      await client.query(end);
      return result;
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.pool.ended) await this.pool.end();
  }
}

const begin = (): string => {
  const id = requestId();
  return id ? `begin; set local application_name = 'komplat ${id.replaceAll(/[^\w.-]/g, '')}'` : 'begin';
};

function asTx(client: pg.PoolClient): Tx {
  return {
    async query<R extends object>(sql: string, params: readonly unknown[] = []): Promise<R[]> {
      const result = await client.query<R>(sql, [...params]);
      return result.rows;
    },
    copyIn: (sql) => Promise.resolve(client.query(copyFrom(sql))),
    copyOut: (sql) => Promise.resolve(client.query(copyTo(sql))),
  };
}

/** Token of the pool under the login of the month close: the only one that may write into a lane in `closing`. */
export const CLOSE_DATABASE = Symbol('CLOSE_DATABASE');
