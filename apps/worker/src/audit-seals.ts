import type { AuditSealer, Logger } from '@komplat/server';

const EVERY_MS = 60_000;

/** Seals the audit every minute; a minute that fails is made up for by the next. */
export class AuditSeals {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly sealer: Pick<AuditSealer, 'seal'>,
    private readonly log: Pick<Logger, 'warn'>,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.running ??= this.once().finally(() => (this.running = undefined));
    }, EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async once(): Promise<void> {
    try {
      await this.sealer.seal();
    } catch (error) {
      this.log.warn({ err: error }, 'the audit could not be sealed');
    }
  }
}
