// The place that the address names, as it changes: the way back works.
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
