import type { ModulePlugin } from '@komplat/plugin-api';
import { Endpoint, PLUGINS } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import { CalcSheets } from '../../contract/calculators.schema.ts';
import { sheetOf } from '../../domain/index.ts';

const TARGET = { target: 'draft-2020-12' } as const;

/** Forms of every calculator of the system, for the what-if page; they are run by `POST /calc/NAME`. */
@Controller('debt')
export class CalculatorsController {
  readonly #sheets: CalcSheets;

  constructor(@Inject(PLUGINS) plugins: readonly ModulePlugin[]) {
    const calculators = plugins.flatMap((plugin) => plugin.calculators ?? []);
    this.#sheets = {
      calculators: calculators
        .map(({ id, title, example, input }) => ({
          name: id,
          title,
          example,
          variants: sheetOf(input['~standard'].jsonSchema.input(TARGET)),
        }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    };
  }

  @Endpoint({
    method: 'GET', path: 'calculators', permission: 'administration.calc.run', summary: 'Forms of the calculators',
    response: CalcSheets,
  })
  list(): CalcSheets {
    return this.#sheets;
  }
}
