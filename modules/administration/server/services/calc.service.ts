import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { DomainError, notFound } from '@komplat/kernel';
import type { Calculator, CalculatorDef, ModulePlugin } from '@komplat/plugin-api';
import { PLUGINS } from '@komplat/server';

/** Rules of money and law that anyone can run: the same for command, API and what-if page. */
@Injectable()
export class CalcService {
  private readonly definitions: ReadonlyMap<string, CalculatorDef>;

  constructor(
    @Inject(ModuleRef) private readonly refs: ModuleRef,
    @Inject(PLUGINS) plugins: readonly ModulePlugin[],
  ) {
    this.definitions = new Map(plugins.flatMap((plugin) => plugin.calculators ?? []).map((definition) => [definition.id, definition]));
  }

  list(): readonly CalculatorDef[] {
    return [...this.definitions.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  definition(name: string): CalculatorDef {
    const definition = this.definitions.get(name);
    if (!definition) throw notFound('administration.calc.unknown', { name });
    return definition;
  }

  async run(name: string, input: unknown): Promise<Awaited<ReturnType<Calculator['run']>>> {
    const definition = this.definition(name);
    const checked = await definition.input['~standard'].validate(input);
    if (checked.issues) {
      const [issue] = checked.issues;
      const path = (issue?.path ?? []).map((step) => (typeof step === 'object' ? String(step.key) : String(step))).join('.');
      throw new DomainError('administration.calc.input', { path, message: issue?.message ?? '' }, 422);
    }
    return this.refs.get<Calculator>(definition.provider, { strict: false }).run(checked.value);
  }
}
