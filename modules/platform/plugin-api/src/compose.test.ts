import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { checkWorkflows, compose, type ModulePlugin } from './index.ts';

class Core {}
class Handler {
  handle(): Promise<void> {
    return Promise.resolve();
  }
}
const plugin = (id: string, more: Partial<ModulePlugin> = {}): ModulePlugin => ({
  id,
  dbSchema: id.replaceAll('-', '_'),
  dependsOn: [],
  nest: { core: Core },
  entities: [],
  migrations: [],
  permissions: [],
  ...more,
});
const migration = (name: string) => ({ name, class: class {} }) as unknown as ModulePlugin['migrations'][number];
const permission = (id: string) => ({ id, title: id, scope: 'all' }) as const;
const event = (type: string) => ({ type, version: 1, schema: z.object({}) });

describe('compose', () => {
  it('orders dependencies first and migrations by time over all modules', () => {
    const set = [
      plugin('legal', { dependsOn: ['billing'], migrations: [migration('legal/20261202000000_b')] }),
      plugin('billing', { dependsOn: ['registry'], migrations: [migration('billing/20261203000000_c')] }),
      plugin('registry', { migrations: [migration('registry/20261201000000_a')] }),
    ];
    const { order, migrations } = compose(set);
    expect(order.map((p) => p.id)).toEqual(['registry', 'billing', 'legal']);
    expect(migrations.map((m) => m.name.split('_')[1])).toEqual(['a', 'b', 'c']);
  });

  const broken: readonly (readonly [string, readonly ModulePlugin[]])[] = [
    ['duplicate module a', [plugin('a'), plugin('a')]],
    ['duplicate schema x', [plugin('a', { dbSchema: 'x' }), plugin('b', { dbSchema: 'x' })]],
    ['bad module id A', [plugin('A')]],
    ['depends on missing module b', [plugin('a', { dependsOn: ['b'] })]],
    ['dependency cycle: a -> b -> a', [plugin('a', { dependsOn: ['b'] }), plugin('b', { dependsOn: ['a'] })]],
    ['must start with a.', [plugin('a', { permissions: [permission('b.read')] })]],
    ['duplicate permission', [plugin('a', { permissions: [permission('a.read'), permission('a.read')] })]],
    ['bad migration name', [plugin('a', { migrations: [migration('a/2026_init')] })]],
    ['bad view name a.view', [plugin('a', { publishedViews: ['a.view'] })]],
    ['handles unknown event b.x', [plugin('a', { events: { publishes: [], handles: [{ event: 'b.x', handler: Handler }] } })]],
    [
      'but does not depend on b',
      [
        plugin('a', { events: { publishes: [], handles: [{ event: 'b.x', handler: Handler }] } }),
        plugin('b', { events: { publishes: [event('b.x')], handles: [] } }),
      ],
    ],
    ['that no module publishes', [plugin('a', { readsViews: ['b.pub_x_v1'] })]],
    [
      'lists its own view',
      [plugin('a', { publishedViews: ['a.pub_x_v1'], readsViews: ['a.pub_x_v1'] })],
    ],
    ['page part b.x must start with a.', [plugin('a', { pageParts: [{ id: 'b.x', page: 'p', view: 'common', read: 'a/x' }] })]],
    ['page part a.x must read a route of a', [plugin('a', { pageParts: [{ id: 'a.x', page: 'p', view: 'common', read: 'b/x' }] })]],
    [
      'names unknown permission a.read',
      [plugin('a', { searchSources: [{ id: 'a.s', title: 't', permission: 'a.read', provider: class { search = () => Promise.resolve([]) } }] })],
    ],
  ];
  it.each(broken)('fails at boot: %s', (message, set) => {
    expect(() => compose(set)).toThrow(message);
  });

  it('compares workflow types with the bundle both ways', () => {
    const set = [
      plugin('a', { temporal: { taskQueue: 'a', activities: [], workflows: [{ type: 'a.run', life: 'short', versioning: 'PINNED' }] } }),
    ];
    expect(() => checkWorkflows(set, [])).toThrow('workflow a.run is not in the bundle');
    expect(() => checkWorkflows(set, ['a.run', 'a.other'])).toThrow('that no module declares');
    expect(() => checkWorkflows(set, ['a.run'])).not.toThrow();
  });
});
