// A list that keeps only visible rows in the document.
import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

interface VirtualRowsProps {
  /** The start of each row in pixels, and the end of the last one. */
  readonly offsets: readonly number[];
  /** The scrolling element; the rows may be only part of its content. */
  readonly scroller: RefObject<HTMLElement | null>;
  /** A row to scroll into view, again for each new value. */
  readonly reveal: { readonly index: number } | null;
  /** Paper does not scroll: the first rows are rendered without positions. */
  readonly isPrinting: boolean;
  readonly render: (index: number) => ComponentChildren;
}

/** Pixels rendered above and below the visible area. */
const MARGIN = 400;
const MOST_PRINTED = 300;

export function VirtualRows({ offsets, scroller, reveal, isPrinting, render }: VirtualRowsProps) {
  const box = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ top: 0, bottom: 1200 });
  const count = offsets.length - 1;

  useLayoutEffect(() => {
    const outer = scroller.current;
    if (outer === null) return;
    const look = (): void => {
      if (box.current === null) return;
      const top = outer.getBoundingClientRect().top - box.current.getBoundingClientRect().top;
      setSight((before) => {
        // Within the margin, nothing changes.
        const isNear = Math.abs(before.top - top) < MARGIN / 2 && before.bottom === before.top + outer.clientHeight;
        return isNear ? before : { top, bottom: top + outer.clientHeight };
      });
    };
    look();
    outer.addEventListener("scroll", look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(outer);
    if (box.current !== null) observer.observe(box.current);
    return () => {
      outer.removeEventListener("scroll", look);
      observer.disconnect();
    };
  }, [offsets, scroller]);

  useEffect(() => {
    const outer = scroller.current;
    if (reveal === null || outer === null || box.current === null) return;
    const start = box.current.getBoundingClientRect().top - outer.getBoundingClientRect().top + outer.scrollTop;
    const top = start + (offsets[reveal.index] ?? 0);
    const bottom = start + (offsets[reveal.index + 1] ?? 0);
    const head = Number.parseFloat(getComputedStyle(outer).scrollPaddingTop) || 0;
    if (top - head < outer.scrollTop) outer.scrollTop = top - head;
    else if (bottom > outer.scrollTop + outer.clientHeight) {
      outer.scrollTop = Math.min(bottom - outer.clientHeight, top - head);
    }
    // Rows that grow while visible do not scroll the page.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [reveal]);

  if (isPrinting) {
    return (
      <div class="rows">
        {Array.from({ length: Math.min(count, MOST_PRINTED) }, (_, index) => render(index))}
        {count > MOST_PRINTED && (
          <p class="note">
            Printed: the first {MOST_PRINTED} of {count} rows.
          </p>
        )}
      </div>
    );
  }
  const first = rowAtOffset(offsets, sight.top - MARGIN);
  const last = rowAtOffset(offsets, sight.bottom + MARGIN);
  const rows = [];
  for (let index = first; index <= last && index < count; index++) {
    const [top = 0] = offsets.slice(index, index + 1);
    rows.push(
      <div class="row-place" key={index} style={{ transform: `translateY(${top}px)` }}>
        {render(index)}
      </div>,
    );
  }
  return (
    <div class="rows virtual" ref={box} style={{ height: `${offsets[count] ?? 0}px` }}>
      {rows}
    </div>
  );
}

function rowAtOffset(offsets: readonly number[], pixel: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] ?? 0) <= pixel) low = middle;
    else high = middle - 1;
  }
  return low;
}
