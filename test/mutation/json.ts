// JSON values, looked at and changed by a path of keys.

export type JsonObject = { readonly [key: string]: unknown };
export type Path = readonly (string | number)[];

/** In place of a value: the key goes. */
export const ABSENT = Symbol("absent");

/** What stands at a path; undefined where nothing does. */
export function at(value: unknown, ...path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

export function textAt(value: unknown, ...path: Path): string | null {
  const found = at(value, ...path);
  return typeof found === "string" ? found : null;
}

/** A whole number from 0. */
export function indexAt(value: unknown, ...path: Path): number | null {
  const found = at(value, ...path);
  return typeof found === "number" && Number.isInteger(found) && found >= 0 ? found : null;
}

export function listAt(value: unknown, ...path: Path): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value with another one, or with nothing (`ABSENT`), at a path. Throws where the path leads nowhere. */
function put(value: unknown, path: Path, replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (Array.isArray(value) && typeof key === "number") return value.with(key, put(value[key], rest, replacement));
  if (!isObject(value)) throw new Error(`nothing stands at ${path.join(".")}`);
  const { [key]: before, ...others } = value;
  if (rest.length === 0 && replacement === ABSENT) return others;
  // In its old place, so that nothing else of the text changes.
  return { ...value, [key]: put(before, rest, replacement) };
}

/** As `put`, for an object that stays one. */
export function putIn(value: JsonObject, path: Path, replacement: unknown): JsonObject {
  const changed = put(value, path, replacement);
  if (!isObject(changed)) throw new Error("an object was to stay one");
  return changed;
}
