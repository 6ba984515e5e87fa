import type { ModulePlugin } from '@komplat/plugin-api';
import { LEGAL_PERMISSIONS as P } from '../../contract/permissions.ts';
import { LegalPacks } from '../migrations/20261125110000_packs.ts';
import { LegalPackTemplates } from '../migrations/20261125110100_pack_templates.ts';
import { LegalPackTemplates2 } from '../migrations/20261125200100_pack_templates_2.ts';
import { PACKS } from '../services/ports.ts';
import { TemplateStore } from '../templates/template-store.ts';
import { TemplatesController } from '../templates/templates.controller.ts';
import { TEMPLATE_APPROVE, TemplatesService } from '../templates/templates.service.ts';
import { PackPrinter } from './pack-printer.ts';
import { PackStore } from './pack-store.ts';
import { PacksController, SigningKeysController } from './packs.controller.ts';
import { packEntities } from './packs.entities.ts';
import { PacksService } from './packs.service.ts';
import { SigningKeyStore } from './signing-keys.ts';

const services = [PackStore, PackPrinter, PacksService, SigningKeyStore, TemplateStore, TemplatesService];

/** What packs and their templates add to the module. */
export const packsPart = {
  providers: [...services, { provide: PACKS, useExisting: PacksService }],
  exports: [...services, PACKS],
  controllers: [PacksController, SigningKeysController, TemplatesController],
  entities: packEntities,
  migrations: [
    { name: 'legal/20261125110000_packs', class: LegalPacks },
    { name: 'legal/20261125110100_pack_templates', class: LegalPackTemplates },
    { name: 'legal/20261125200100_pack_templates_2', class: LegalPackTemplates2 },
  ],
  readsViews: ['tariffs.pub_provider_v1'],
  approvalActions: [{ id: TEMPLATE_APPROVE, title: 'legal.approval.template', permission: P.templateApprove.id, provider: TemplatesService }],
} as const satisfies Partial<ModulePlugin> & Readonly<Record<string, unknown>>;
