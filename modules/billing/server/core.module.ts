import { Module } from '@nestjs/common';
import { CloseModule } from './close/index.ts';

@Module({ imports: [CloseModule], exports: [CloseModule] })
export class BillingCoreModule {}
