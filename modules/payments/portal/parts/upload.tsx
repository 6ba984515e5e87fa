'use client';
import { ApiError, useApi, useQueryClient, useRead } from '@komplat/api-client';
import {
  Banner,
  Button,
  FileDrop,
  formatCount,
  SelectField,
  toast,
  useErrorText,
  useMessage,
  useRouter,
  useStandstill,
  useText,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { PresetList, Uploaded } from '../../contract/index.ts';

const ACCEPT = '.dbf,.csv,.txt,.xml,.xlsx';

/** Sends a file as it is; what it contains is found out on the server. */
function useUpload(): { send: (file: File, preset: string) => Promise<void>; busy: boolean; refusal: unknown } {
  const api = useApi();
  const store = useQueryClient();
  const text = useText();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<unknown>();
  const send = async (file: File, preset: string): Promise<void> => {
    setBusy(true);
    setRefusal(undefined);
    try {
      const { id, repeated } = await api.call<Uploaded>('payments/imports', {
        method: 'POST',
        query: { name: file.name, preset },
        bytes: file,
      });
      void store.invalidateQueries({ queryKey: ['payments/imports'] });
      toast.done(text(repeated ? 'payments.ui.upload.repeated' : 'payments.ui.upload.taken'), file.name);
      router.push(`/payments/imports/${id}`);
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  return { send, busy, refusal };
}

/** Takes a register: format guessed or named, file seen before says so and is not taken twice. */
export function Upload(): ReactNode {
  const text = useText();
  const message = useMessage();
  const sentence = useErrorText();
  const presets = useRead<PresetList>('payments/presets');
  const [preset, setPreset] = useState('');
  const [file, setFile] = useState<File>();
  const still = useStandstill();
  const { send, busy, refusal } = useUpload();
  return (
    <div className="stack s">
      <FileDrop
        title={file ? file.name : text('payments.ui.upload.title')}
        hint={
          file ? text('payments.ui.upload.size', { size: formatCount(file.size) }) : text('payments.ui.upload.hint')
        }
        accept={ACCEPT}
        onFile={setFile}
      />
      <SelectField
        label={text('payments.ui.upload.preset')}
        value={preset}
        onChange={(event) => setPreset(event.target.value)}
        options={[
          { value: '', label: text('payments.ui.upload.guess') },
          ...(presets.data?.items ?? []).map((item) => ({ value: item.id, label: message(item.title) })),
        ]}
      />
      {refusal !== undefined && (
        <Banner kind="bad">
          {sentence(refusal)}
          {refusal instanceof ApiError && refusal.requestId && <div className="mono">{refusal.requestId}</div>}
        </Banner>
      )}
      <Button
        kind="primary"
        icon="file-up"
        busy={busy}
        why={still ?? (file ? undefined : text('payments.ui.upload.choose-first'))}
        onClick={() => file && void send(file, preset)}
      >
        {text('payments.ui.upload.send')}
      </Button>
    </div>
  );
}
