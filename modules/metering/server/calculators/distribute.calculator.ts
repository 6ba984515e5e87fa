import { Dec } from '@komplat/kernel';
import type { Calculator, CalculatorDef } from '@komplat/plugin-api';
import { Injectable } from '@nestjs/common';
import { DistributeCalcInput, DistributeCalcOutput } from '../../contract/distribute.schema.ts';
import { distribute } from '../../domain/index.ts';

/** `calc metering.distribute`: the parts of flats in one house meter. */
@Injectable()
export class DistributeCalculator implements Calculator {
  run(input: unknown): ReturnType<Calculator['run']> {
    const given = DistributeCalcInput.parse(input);
    const ids = new Map(given.flats.map(({ id }) => [String(id), id]));
    const { value, trace } = distribute({
      kind: given.service === 'HEAT' ? 'heat' : 'water',
      houseVolume: new Dec(given.houseVolume),
      commonShare: new Dec(given.commonShare),
      ...(given.commonCoefficient ? { commonCoefficient: new Dec(given.commonCoefficient) } : {}),
      ...(given.nonResidential ? { nonResidential: new Dec(given.nonResidential) } : {}),
      ...(given.needsBy ? { needsBy: given.needsBy } : {}),
      flats: given.flats.map(({ id, area, persons, norm, metered }) => ({
        id: String(id),
        area: new Dec(area),
        persons,
        norm: new Dec(norm),
        ...(metered ? { metered: new Dec(metered) } : {}),
      })),
    });
    return Promise.resolve({
      result: {
        flats: value.flats.map(({ id, volume, part }) => ({
          id: ids.get(id) ?? id,
          volume: volume.toString(),
          part: part.toString(),
        })),
        houseNeeds: value.houseNeeds.toString(),
        shortfall: value.shortfall.toString(),
      },
      trace,
      parameters: [
        { id: 'metering.distribution', version: '1', mark: 'general knowledge' },
        { id: 'metering.distribution.shortfall', version: '1', mark: 'proposal' },
      ],
    });
  }
}

export const distributeCalculator: CalculatorDef = {
  id: 'metering.distribute',
  title: 'metering.calc.distribute',
  input: DistributeCalcInput,
  output: DistributeCalcOutput,
  example: {
    service: 'CW',
    houseVolume: '100',
    commonShare: '0',
    flats: [
      { id: 1, area: '50', persons: 2, norm: '4.2', metered: '60' },
      { id: 2, area: '60', persons: 3, norm: '4.2' },
      { id: 3, area: '40', persons: 1, norm: '4.2' },
    ],
  },
  provider: DistributeCalculator,
};
