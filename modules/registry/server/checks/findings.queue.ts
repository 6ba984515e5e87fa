import type { HomeQueue, HomeWaiting } from '@komplat/plugin-api';
import type { Actor } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { FindingService } from './finding.service.ts';

const SHOWN = 5;

/** Findings that hold a month, by rule: those with most accounts first. */
@Injectable()
export class FindingsQueue implements HomeQueue {
  constructor(@Inject(FindingService) private readonly findings: FindingService) {}

  async waiting(reader: Actor): Promise<HomeWaiting> {
    const { bySeverity, byCheck } = await this.findings.summary(reader);
    const blocking = byCheck.filter(({ severity }) => severity === 'blocks');
    return {
      count: bySeverity['blocks'] ?? 0,
      items: blocking.slice(0, SHOWN).map(({ check, title, open }) => ({
        title: { key: title, params: {} },
        detail: `× ${open}`,
        href: `/registry/findings?severity=blocks&check=${encodeURIComponent(check)}`,
        at: null,
      })),
    };
  }
}
