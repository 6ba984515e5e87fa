import type { Calculator, CalculatorDef } from '@komplat/plugin-api';
import { Injectable } from '@nestjs/common';
import { QrCalcInput, QrCalcOutput } from '../../contract/qr.schema.ts';
import { qrCode } from '../../domain/qr.ts';

/** `calc bills.qr`: the payment code of a bill. */
@Injectable()
export class QrCalculator implements Calculator {
  async run(input: unknown): ReturnType<Calculator['run']> {
    const given = QrCalcInput.parse(input);
    const result = qrCode(given);
    const names = ['service', 'version', 'encoding', 'function', 'reserved', 'receiver', 'iban', 'amount', 'code', 'category', 'reference', 'purpose', 'display', 'lock', 'valid-until', 'created', 'signature'];
    return {
      result,
      trace: result.payload.split('\n').map((text, at) => ({
        rule: `bills.qr.${names[at] ?? 'reserved'}`,
        law: 'Постанова Правління НБУ № 97 від 19.08.2025',
        base: text,
        rate: String(at + 1),
        raw: text,
        rounding: 'none',
        amount: text,
        paramsVersion: given.version,
      })),
      parameters: [{ id: `bills.qr.${given.version}`, version: given.version, mark: 'confirmed' }],
    };
  }
}

export const qrCalculator: CalculatorDef = {
  id: 'bills.qr',
  title: 'bills.calc.qr',
  input: QrCalcInput,
  output: QrCalcOutput,
  example: {
    receiver: 'КП «МОЦ»',
    iban: 'UA863052990000290290000071044',
    edrpou: '71044113',
    amount: '3215.72',
    purpose: 'Комунальні послуги за жовтень 2026, о/р 0421057316',
    account: '0421057316',
    month: '2026-10',
    version: '003',
  },
  provider: QrCalculator,
};
