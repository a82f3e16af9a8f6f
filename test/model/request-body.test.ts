import { expect, test } from "vitest";
import { parseRequestBody } from "../../src/model/request-body.ts";

test("reads JSON whatever its content type", () => {
  expect(parseRequestBody(Buffer.from('{"stream":true}'), null)).toEqual({ stream: true });
});

test("reads the fields of a form and leaves out its files", async () => {
  const form = new FormData();
  form.set("model", "gpt-4o-transcribe");
  form.set("file", new File(["\r\n--x\r\nany"], "stream.wav"));
  form.set("stream", "true");
  form.set("prompt", "Ebb,\r\nflow: 潮");
  const request = new Request("http://localhost/", { method: "POST", body: form });
  const body = new Uint8Array(await request.arrayBuffer());
  expect(parseRequestBody(body, request.headers.get("content-type"))).toEqual({
    model: "gpt-4o-transcribe",
    stream: true,
    prompt: "Ebb,\r\nflow: 潮",
  });
});

test.each(["", "--b", "--b\r\nname=stream\r\n\r\ntrue", "--b--\r\n"])(
  "reads no field from a broken form: %j",
  (body) => {
    expect(parseRequestBody(Buffer.from(body), "multipart/form-data; boundary=b")).toEqual({});
  },
);

test.each(["", "any", "[1"])("says that %j is neither", (body) => {
  expect(parseRequestBody(Buffer.from(body), "application/json")).toBeUndefined();
});
