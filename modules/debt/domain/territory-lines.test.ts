import { describe, expect, it } from '@jest/globals';
import { territoryLines } from './index.ts';

const CODE = 'UA99020030010054321';

describe('a list of territories, one a line', () => {
  it('code; name; first day; last day or nothing, by semicolons or tabs, days as people or as machines write them', () => {
    expect(territoryLines(`${CODE}; Калинівка ; 24.02.2022\r\n\n${CODE}\tДруга\t2022-03-01\t31.12.2023`)).toEqual({
      rows: [
        { territory: CODE, name: 'Калинівка', from: '2022-02-24' },
        { territory: CODE, name: 'Друга', from: '2022-03-01', to: '2023-12-31' },
      ],
      wrong: undefined,
    });
    expect(territoryLines(` \n${CODE}; А; 24.02.2022; 24.02.2022; примітка`).rows).toEqual([{ territory: CODE, name: 'А', from: '2022-02-24', to: '2022-02-24' }]);
    expect(territoryLines('')).toEqual({ rows: [], wrong: undefined });
    expect(territoryLines('ні')).toEqual({ rows: [], wrong: 1 });
  });
  it.each([
    'UA9902; А; 24.02.2022', `x${CODE}; А; 24.02.2022`, `${CODE}1; А; 24.02.2022`, `${CODE}; ; 24.02.2022`, `${CODE}; А`, `${CODE}; А; 30.02.2022`,
    `${CODE}; А; 24.02.2022x`, `${CODE}; А; x24.02.2022`, `${CODE}; А; 24.02.2022; завтра`, `${CODE}; А; 24.02.2022; 23.02.2022`,
  ])('%s cannot be read: the number of the line is told', (line) => {
    expect(territoryLines(`${CODE}; А; 24.02.2022\n\n${line}\nтеж ні`).wrong).toBe(3);
  });
});
