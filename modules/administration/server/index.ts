export { administrationPlugin } from './administration.plugin.ts';
export { seedRoles } from './seed.ts';
