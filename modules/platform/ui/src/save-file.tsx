'use client';
import { useApi, type QueryValues } from '@komplat/api-client';
import { useState } from 'react';
import { useErrorText } from './states.tsx';
import { useText } from './text.tsx';
import { toast } from './toast.tsx';

/** Fetches a file from the API and hands it to the browser; tells what came, or why nothing did. */
export function useSave(): [boolean, (path: string, query: QueryValues, name: string) => Promise<void>] {
  const api = useApi();
  const text = useText();
  const sentence = useErrorText();
  const [busy, setBusy] = useState(false);
  const save = async (path: string, query: QueryValues, fallback: string): Promise<void> => {
    setBusy(true);
    try {
      const { blob, name } = await api.download(path, query);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.download = name.includes('.') ? name : fallback;
      link.click();
      URL.revokeObjectURL(link.href);
      toast.done(text('ui.table.exported'), link.download);
    } catch (error) {
      toast.failed(text('ui.table.not-exported'), sentence(error));
    } finally {
      setBusy(false);
    }
  };
  return [busy, save];
}
