'use client';
import { useId, useState, type DragEvent, type ReactNode } from 'react';
import { Icon } from './icons.tsx';
import { useText } from './text.tsx';

/** Takes a file: drop it, choose it or paste it. */
export function FileDrop(props: {
  title: string;
  hint: string;
  accept: string;
  onFile: (file: File) => void;
}): ReactNode {
  const text = useText();
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null | undefined): void => {
    const file = files?.[0];
    if (file) props.onFile(file);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <div
      className={`drop ${over ? 'border-accent bg-accent-soft' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      onPaste={(event) => take(event.clipboardData.files)}
    >
      <Icon name="file-up" size={22} />
      <div className="grow">
        <b>{props.title}</b>
        <div className="sm t2">{props.hint}</div>
      </div>
      <label
        htmlFor={id}
        className="btn focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus"
      >
        {text('ui.file.choose')}
        <input
          id={id}
          className="vh"
          type="file"
          accept={props.accept}
          onChange={(event) => {
            take(event.target.files);
            event.target.value = '';
          }}
        />
      </label>
    </div>
  );
}
