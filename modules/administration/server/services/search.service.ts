import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { ModulePlugin, SearchSource } from '@komplat/plugin-api';
import { type Actor, may, PLUGINS } from '@komplat/server';
import type { SearchAnswer, SearchQuery } from '../../contract/search.schema.ts';
import { understand } from '../../domain/index.ts';

/** One question to every source that the reader may use. */
@Injectable()
export class SearchService {
  constructor(
    @Inject(ModuleRef) private readonly refs: ModuleRef,
    @Inject(PLUGINS) private readonly plugins: readonly ModulePlugin[],
  ) {}

  async search({ q, limit }: SearchQuery, actor: Actor): Promise<SearchAnswer> {
    const started = performance.now();
    const understood = understand(q);
    const tokens = understood.map(({ token }) => token);
    const sources = this.plugins.flatMap((plugin) => plugin.searchSources ?? []).filter(({ permission }) => may(actor, permission));
    const groups = await Promise.all(
      sources.map(async ({ id, title, provider }) => {
        const hits = await this.refs.get<SearchSource>(provider, { strict: false }).search(tokens, limit, actor);
        return { source: id, title, hits: [...hits] };
      }),
    );
    return { understood, groups: groups.filter(({ hits }) => hits.length > 0), tookMs: Math.round(performance.now() - started) };
  }
}
