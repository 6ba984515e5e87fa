import { useText } from '@komplat/ui';
import { groupWords } from '../../contract/index.ts';

/** The words of a group of tariffs or norms; one that came with new data and has none yet is shown as it is. */
export function useGroupWord(): (name: string) => string {
  const text = useText();
  return (name) => {
    const [key, params] = groupWords(name);
    return text.has(key) ? text(key, params) : name;
  };
}
