import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { ApprovalAction, Composition, ModulePlugin } from '@komplat/plugin-api';
import { ModuleRef } from '@nestjs/core';
import type { PlatformEnv } from './config.ts';
import { CLOSE_DATABASE, Database } from './db/database.ts';
import { FileStore } from './files.ts';
import { createLogger, type Logger } from './logging.ts';
import { AuditSealer } from './audit-seal.ts';
import { type Catalogue, Messages } from './messages.ts';
import { RateLimits } from './rate-limits.ts';
import { Vault } from './vault.ts';

export const PLUGINS = Symbol('PLUGINS');
export const LOGGER = Symbol('LOGGER');
export const APPROVAL_ACTIONS = Symbol('APPROVAL_ACTIONS');
export const PROFILE = Symbol('PROFILE');

export interface PlatformOptions {
  readonly name: string;
  readonly env: PlatformEnv;
  readonly composition: Composition;
  readonly catalogue: Catalogue;
}

/** What every process of the system has: databases, files, vault, words, log. */
@Global()
@Module({})
export class PlatformModule {
  static with({ name, env, composition, catalogue }: PlatformOptions): DynamicModule {
    const database = new Database({ url: env.DATABASE_URL, maxConnections: env.DATABASE_POOL, statementTimeoutMs: 60_000 });
    const closeDatabase = new Database({ url: env.DATABASE_CLOSE_URL, maxConnections: 6, statementTimeoutMs: 0 });
    const files = new FileStore(env.FILES_DIR, env.KOMPLAT_MASTER_KEY, env.KOMPLAT_MASTER_KEY_ID, database);
    const providers = [
      { provide: Database, useValue: database },
      { provide: CLOSE_DATABASE, useValue: closeDatabase },
      { provide: FileStore, useValue: files },
      { provide: Vault, useValue: new Vault(env.KOMPLAT_MASTER_KEY, env.KOMPLAT_MASTER_KEY_ID) },
      { provide: AuditSealer, useValue: new AuditSealer(database, env.KOMPLAT_MASTER_KEY, env.KOMPLAT_MASTER_KEY_ID) },
      { provide: RateLimits, useValue: new RateLimits(database) },
      { provide: Messages, useValue: new Messages(catalogue) },
      { provide: LOGGER, useValue: createLogger(name, env.LOG_LEVEL) satisfies Logger },
      { provide: PLUGINS, useValue: composition.order },
      { provide: PROFILE, useValue: env.KOMPLAT_PROFILE },
      { provide: APPROVAL_ACTIONS, useFactory: approvalActions(composition.order), inject: [ModuleRef] },
    ];
    return { module: PlatformModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}

/** Looked up when first used: the providers live in the modules that contribute them. */
const approvalActions =
  (plugins: readonly ModulePlugin[]) =>
  (refs: ModuleRef): (() => ReadonlyMap<string, ApprovalAction>) =>
  () =>
    new Map(
      plugins.flatMap((plugin) =>
        (plugin.approvalActions ?? []).map(({ id, provider }) => [id, refs.get<ApprovalAction>(provider, { strict: false })] as const),
      ),
    );
export type ApprovalActions = () => ReadonlyMap<string, ApprovalAction>;
