export { legalPlugin } from './legal.plugin.ts';
export { ClaimCourse } from './claims/claim-course.ts';
export { ClaimDesk } from './claims/claim-desk.ts';
export { PackPrinter } from './packs/pack-printer.ts';
export { PacksService } from './packs/packs.service.ts';
export { TemplateStore } from './templates/template-store.ts';
