import { describe, expect, test } from "vitest";
import { isSecretHeader, isSecretParameter } from "../../src/wording/secret-names.ts";

describe("The value of a header is a secret", () => {
  test.each([
    "authorization",
    "Proxy-Authorization",
    "x-api-key",
    "X-Goog-Api-Key",
    "api-key",
    "apikey",
    "ocp-apim-subscription-key",
    "cookie",
    "set-cookie",
    "x-auth-token",
    "x-amz-security-token",
    "mcp-session-id",
    "x_session_token",
    "helicone-auth",
    "x-accesstoken",
    "X-ClientSecret",
    "idempotency-key",
  ])("because its name says so: %s", (name) => {
    expect(isSecretHeader(name)).toBe(true);
  });

  test.each([
    "accept",
    "content-type",
    "user-agent",
    "x-title",
    "openai-organization",
    "x-portkey-provider",
    "x-author",
    "x-authority",
    "x-monkey",
    "x-keyboard-layout",
    "x-tokenizer",
    "x-secretary",
    "x-sessions-open",
    "x-ratelimit-remaining-tokens",
    "www-authenticate",
    "x-error-code",
    "traceparent",
  ])("not because of letters in another word: %s", (name) => {
    expect(isSecretHeader(name)).toBe(false);
  });
});

describe("The value of a URL parameter is a secret", () => {
  test.each([
    "key",
    "api_key",
    "apiKey",
    "APIKey",
    "apikey",
    "access_token",
    "accessToken",
    "id_token",
    "sig",
    "X-Amz-Signature",
    "X-Amz-Credential",
    "code",
    "password",
    "pwd",
    "jsessionid",
  ])("because its name says so: %s", (name) => {
    expect(isSecretParameter(name)).toBe(true);
  });

  test.each(["model", "alt", "max_tokens", "author", "keyword", "design", "codec", "stream", "provider"])(
    "not because of letters in another word: %s",
    (name) => {
      expect(isSecretParameter(name)).toBe(false);
    },
  );
});
