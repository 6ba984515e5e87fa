'use client';
import { ApiError, useAct, useRead } from '@komplat/api-client';
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

/** Takes a register: format guessed or named, file seen before says so and is not taken twice. */
export function Upload(): ReactNode {
  const text = useText();
  const message = useMessage();
  const sentence = useErrorText();
  const presets = useRead<PresetList>('payments/presets');
  const [preset, setPreset] = useState('');
  const [file, setFile] = useState<File>();
  const still = useStandstill();
  const router = useRouter();
  const act = useAct<Uploaded>(['payments/imports']);
  const send = (chosen: File): void =>
    act.mutate(
      { path: 'payments/imports', options: { query: { name: chosen.name, preset }, bytes: chosen } },
      {
        onSuccess: ({ id, repeated }) => {
          toast.done(text(repeated ? 'payments.ui.upload.repeated' : 'payments.ui.upload.taken'), chosen.name);
          router.push(`/payments/imports/${id}`);
        },
      },
    );
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
      {act.error && (
        <Banner kind="bad">
          {sentence(act.error)}
          {act.error instanceof ApiError && act.error.requestId && <div className="mono">{act.error.requestId}</div>}
        </Banner>
      )}
      <Button
        kind="primary"
        icon="file-up"
        busy={act.isPending}
        why={still ?? (file ? undefined : text('payments.ui.upload.choose-first'))}
        onClick={() => file && send(file)}
      >
        {text('payments.ui.upload.send')}
      </Button>
    </div>
  );
}
