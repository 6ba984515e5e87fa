export { administrationPlugin } from './administration.plugin.ts';
export { CalcService } from './services/calc.service.ts';
export { seedRoles } from './seed.ts';
