'use client';
import { useAct, useRead } from '@komplat/api-client';
import { Button, Card, Dialog, Field, FormFailure, Frame, ReasonDialog, TextField, toast, useCan, useSave, useStandstill, useText } from '@komplat/ui';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { TemplateAsked, TemplateText, TemplateVersion, TemplateVersions } from '../../contract/index.ts';

const ACCOUNT = /^\d{10}$/;

/** A version on the data of a real account. */
function Preview({ version: { code, version } }: { version: TemplateVersion }): ReactNode {
  const text = useText();
  const [account, setAccount] = useState('');
  const [busy, save] = useSave();
  const show = (event: FormEvent): void => {
    event.preventDefault();
    if (ACCOUNT.test(account)) void save(`legal/templates/${code}/versions/${version}/preview`, { account }, `${code}-${version}.pdf`);
  };
  return (
    <form onSubmit={show} className="flex items-end gap-2">
      <TextField
        label={text('legal.ui.templates.account')}
        value={account}
        error={account === '' || ACCOUNT.test(account) ? undefined : text('legal.ui.templates.account-wrong')}
        onChange={(event) => setAccount(event.target.value.replaceAll(/\D/g, ''))}
      />
      <Button type="submit" icon="print" busy={busy}>
        {text('legal.ui.templates.preview')}
      </Button>
    </form>
  );
}

/** Sends a version to a second person. */
function AskApproval({ version: { code, version } }: { version: TemplateVersion }): ReactNode {
  const text = useText();
  const still = useStandstill();
  const [open, setOpen] = useState(false);
  const act = useAct<TemplateAsked>(['legal/templates', 'administration/']);
  const send = (reason: string): void =>
    act.mutate(
      { path: `legal/templates/${code}/versions/${version}/approval`, options: { json: { reason } } },
      {
        onSuccess: () => {
          toast.done(text('legal.ui.templates.asked'));
          setOpen(false);
        },
      },
    );
  return (
    <>
      <Button icon="check" why={still} onClick={() => setOpen(true)}>
        {text('legal.ui.templates.ask')}
      </Button>
      <ReasonDialog
        open={open}
        title={text('legal.ui.templates.ask-title', { version })}
        effect={text('legal.ui.templates.ask-effect')}
        action={text('legal.ui.templates.ask')}
        busy={act.isPending}
        error={act.error}
        onSubmit={send}
        onClose={() => setOpen(false)}
      />
    </>
  );
}

/** Names that a text may use. */
function Fields({ fields, onClose }: { fields: TemplateVersions['fields']; onClose: () => void }): ReactNode {
  const text = useText();
  return (
    <Dialog open title={text('legal.ui.templates.fields')} onClose={onClose}>
      <div className="b">
        <p>{text('legal.ui.templates.fields-text')}</p>
        <ul className="list">
          {fields.map(({ name, kind, of }) => (
            <li key={name}>
              <code>{name}</code> <span className="mut">{text(`legal.ui.templates.kind-${kind}`)}</span> {of.join(', ')}
            </li>
          ))}
        </ul>
      </div>
      <footer>
        <Button onClick={onClose}>{text('ui.close')}</Button>
      </footer>
    </Dialog>
  );
}

function Form({ first, fields, onSaved }: { first: TemplateText; fields: TemplateVersions['fields']; onSaved: (version: TemplateText) => void }): ReactNode {
  const text = useText();
  const can = useCan();
  const still = useStandstill();
  const [body, setBody] = useState(first.body);
  const [asking, setAsking] = useState(false);
  const [listed, setListed] = useState(false);
  const act = useAct<TemplateText>(['legal/templates']);
  const mayEdit = can('legal.template.edit');
  const save = (reason: string): void =>
    act.mutate(
      { path: `legal/templates/${first.code}/versions`, options: { json: { body, mark: '', reason } } },
      {
        onSuccess: (made) => {
          toast.done(text('legal.ui.templates.saved', { version: made.version }));
          setAsking(false);
          onSaved(made);
        },
      },
    );
  return (
    <>
      <Field label={text('legal.ui.templates.body')} hint={text('legal.ui.templates.body-hint')}>
        {({ id, describedBy }) => (
          <textarea
            id={id}
            className="input font-mono"
            rows={28}
            spellCheck={false}
            readOnly={!mayEdit}
            aria-describedby={describedBy}
            value={body}
            onChange={(event) => setBody(event.target.value)}
          />
        )}
      </Field>
      <FormFailure error={asking ? null : act.error} />
      <div className="flex flex-wrap items-end gap-2">
        <Button icon="help" onClick={() => setListed(true)}>
          {text('legal.ui.templates.fields')}
        </Button>
        {mayEdit && <Preview version={first} />}
        {mayEdit && first.state === 'draft' && body === first.body && <AskApproval version={first} />}
        {mayEdit && body !== first.body && (
          <Button kind="primary" why={still} onClick={() => setAsking(true)}>
            {text('legal.ui.templates.save')}
          </Button>
        )}
      </div>
      {listed && <Fields fields={fields} onClose={() => setListed(false)} />}
      <ReasonDialog
        open={asking}
        title={text('legal.ui.templates.save-title')}
        effect={text('legal.ui.templates.save-effect')}
        action={text('legal.ui.templates.save')}
        busy={act.isPending}
        error={act.error}
        onSubmit={save}
        onClose={() => setAsking(false)}
      />
    </>
  );
}

/** The text of a version: read, changed into a new version, tried, sent to approval. */
export function TemplateEditor(props: { version: TemplateVersion; fields: TemplateVersions['fields']; onSaved: (version: TemplateVersion) => void }): ReactNode {
  const { code, version } = props.version;
  const text = useText();
  const read = useRead<TemplateText>(`legal/templates/${code}/versions/${version}`);
  return (
    <Card title={text('legal.ui.templates.version-title', { kind: text(`legal.ui.packs.kind-${code}`), version })} padded>
      <Frame read={read}>{(first) => <Form key={`${first.code} ${first.version}`} first={first} fields={props.fields} onSaved={props.onSaved} />}</Frame>
    </Card>
  );
}
