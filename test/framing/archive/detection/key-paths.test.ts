import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scanJsonKeys } from "../../../../src/framing/archive/detection/json-keys.ts";
import { scanYamlKeys } from "../../../../src/framing/archive/detection/yaml-keys.ts";

function inJson(text: string) {
  const scan = scanJsonKeys(Buffer.from(text), 0);
  return { ...scan, paths: [...scan.paths], topKeys: [...scan.topKeys] };
}

function inYaml(text: string) {
  const scan = scanYamlKeys(text, true);
  return { ...scan, paths: [...scan.paths], topKeys: [...scan.topKeys] };
}

describe("The key paths of JSON", () => {
  test("are those of objects and of the elements of arrays", () => {
    expect(inJson('{"a":{"b":[{"c":1},{"d":"}"}]},"e\\"":"f: {"}')).toMatchObject({
      syntax: "object",
      paths: ["a", "a.b", "a.b[]", "a.b[].c", "a.b[].d", 'e\\"'],
      topKeys: ["a", 'e\\"'],
      isClosed: true,
      isFollowed: false,
    });
  });

  test("are those of the first element, if all is an array", () => {
    expect(inJson('[{"a":[1,{"b":2}]},{"c":3}]')).toMatchObject({
      syntax: "array",
      paths: ["[]", "[].a", "[].a[]", "[].a[].b"],
      topKeys: ["[].a"],
      isClosed: true,
    });
  });

  test("end where the bytes end", () => {
    expect(inJson('{"a":{"b')).toMatchObject({ paths: ["a"], isClosed: false });
    expect(inJson('{"a":1} {')).toMatchObject({ isClosed: true, isFollowed: true });
    expect(inJson('{"a":1}\n')).toMatchObject({ isClosed: true, isFollowed: false });
  });

  test("are none in other languages", () => {
    for (const text of ["{'a': 1}", "[1]", "{a: 1}", "[ERROR] x"]) expect(inJson(text).syntax).toBe("other");
  });

  test("are not looked for in what nests deep", () => {
    const deep = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
    expect(inJson(`{"x":${deep},"y":1}`)).toMatchObject({ topKeys: ["x", "y"], isClosed: true });
    expect(inJson(deep).paths.length).toBeLessThan(10);
  });

  test("are found in any object", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.jsonValue()), (value) => {
        expect(inJson(JSON.stringify(value))).toMatchObject({ topKeys: Object.keys(value), isClosed: true });
      }),
    );
  });
});

describe("The key paths of YAML", () => {
  test("follow the indentation", () => {
    const text = "# c\n---\na:\n  b: |\n    c d\n\n  'e': 1\nf:\n- g: 1\n  h:\n    i: 2\n- j: 3\n";
    expect(inYaml(text)).toMatchObject({
      syntax: "yaml",
      paths: ["a", "a.b", "a.e", "f", "f[]", "f[].g", "f[].h", "f[].h.i", "f[].j"],
      topKeys: ["a", "f"],
    });
    expect(inYaml(text.replaceAll("\n", "\r\n")).paths).toEqual(inYaml(text).paths);
  });

  test("are none in text that is no mapping", () => {
    for (const text of ["a: 1\nb c\n", "id: 1\ndata: 2\n", ": a\n", "data: {}\n"])
      expect(inYaml(text).syntax).toBe("other");
  });

  test("wait for a line that is cut", () => {
    expect(scanYamlKeys("a: 1\nb", false)).toMatchObject({ syntax: "yaml", cutLine: "b", topKeys: new Set(["a"]) });
  });

  test("are bounded, whatever nests", () => {
    const deep = Array.from({ length: 5000 }, (_, index) => `${" ".repeat(index)}a:`).join("\n");
    expect(inYaml(deep).paths.length).toBeLessThan(10);
    expect(inYaml(`${"- ".repeat(5000)}a: 1`).paths.length).toBeLessThan(10);
  });
});
