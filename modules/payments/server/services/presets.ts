import type { ImportPreset, ImportPresetDef } from '@komplat/plugin-api';
import { Injectable } from '@nestjs/common';
import { PAYMENTS_PERMISSIONS as P } from '../../contract/permissions.ts';
import type { PresetItem } from '../../domain/index.ts';
import { eircRee, ibank2uaCsv, oschadbankDbf, readRegister } from '../../domain/index.ts';

/** Kharkiv EIRC register `ree_`. */
@Injectable()
export class EircReePreset implements ImportPreset {
  recognise(name: string, head: Uint8Array): number {
    return eircRee.recognise(name, head);
  }
  read(file: AsyncIterable<Uint8Array>): AsyncIterable<PresetItem> {
    return readRegister(eircRee, file);
  }
}

/** Statement of iBank 2 UA. */
@Injectable()
export class IbankPreset implements ImportPreset {
  recognise(name: string, head: Uint8Array): number {
    return ibank2uaCsv.recognise(name, head);
  }
  read(file: AsyncIterable<Uint8Array>): AsyncIterable<PresetItem> {
    return readRegister(ibank2uaCsv, file);
  }
}

/** Desks and terminals of Oschadbank. */
@Injectable()
export class OschadbankPreset implements ImportPreset {
  recognise(name: string, head: Uint8Array): number {
    return oschadbankDbf.recognise(name, head);
  }
  read(file: AsyncIterable<Uint8Array>): AsyncIterable<PresetItem> {
    return readRegister(oschadbankDbf, file);
  }
}

export const importPresets: readonly ImportPresetDef[] = [
  { id: 'payments.eirc-ree', title: eircRee.title, permission: P.importLoad.id, provider: EircReePreset },
  { id: 'payments.ibank2ua-csv', title: ibank2uaCsv.title, permission: P.importLoad.id, provider: IbankPreset },
  {
    id: 'payments.oschadbank-dbf',
    title: oschadbankDbf.title,
    permission: P.importLoad.id,
    provider: OschadbankPreset,
  },
];
