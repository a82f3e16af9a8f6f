// The keyboard shortcuts.
import { useLayoutEffect, useRef } from "preact/hooks";

const KEYS: readonly (readonly [keys: string, meaning: string])[] = [
  ["j  k  ↓  ↑", "next and previous stream or event"],
  ["Enter", "open the stream; unfold the event"],
  ["Escape", "fold; back to the list"],
  ["/", "search"],
  ["n  p", "next and previous event with a finding"],
  ["← →", "on the timeline: previous and next event"],
  ["t", "light or dark"],
  ["?", "this help"],
];

export function Help({ close }: { readonly close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Opened before the next key, which may be Escape.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="help" onClose={close} onClick={close}>
      <h2>Keys</h2>
      <dl>
        {KEYS.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              {keys.split(/\s+/).map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="plain">
        Close
      </button>
    </dialog>
  );
}
