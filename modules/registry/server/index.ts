export { registryPlugin } from './registry.plugin.ts';
