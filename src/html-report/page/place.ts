// The current place, kept in the address, so that the browser's back button works.
import { useEffect, useState } from "preact/hooks";
import { hashOf, type PagePlace, parsePlace } from "./address.ts";

export function goTo(place: PagePlace): void {
  location.hash = hashOf(place);
}

export function usePlace(): PagePlace {
  const [place, setPlace] = useState(() => parsePlace(location.hash));
  useEffect(() => {
    const follow = (): void => setPlace(parsePlace(location.hash));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return place;
}

/** Puts the focus on the events of the open stream, without scrolling to them. */
export function focusEvents(): void {
  document.querySelector<HTMLElement>('.events [role="listbox"]')?.focus({ preventScroll: true });
}
