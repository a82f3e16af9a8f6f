import { describe, expect, test } from "vitest";
import { withoutSecrets } from "../../src/model/address.ts";

describe("An address is shown without user, password, query, fragment and path parameters", () => {
  test.each([
    ["https://api.example.com/v1?key=SECRET", "https://api.example.com/v1"],
    ["https://api.example.com:8443/v1#access_token=SECRET", "https://api.example.com:8443/v1"],
    ["https://user:SECRET@api.example.com/v1", "https://api.example.com/v1"],
    ["https://SECRET@api.example.com/v1?a=b#c", "https://api.example.com/v1"],
    ["HTTPS://user:SECRET@api.example.com", "https://api.example.com/"],
    ["file:///var/log/x?SECRET", "file:///var/log/x"],
    ["https://example.com/p;key=SECRET/on?api_key=SECRET", "https://example.com/p/on"],
  ])("that is absolute: %s", (address, shown) => {
    expect(withoutSecrets(address)).toBe(shown);
  });

  test.each([
    ["/v1/there?key=SECRET", "/v1/there"],
    ["there?key=SECRET&x=/y", "there"],
    ["../there?key=SECRET", "../there"],
    ["?key=SECRET", "?…"],
    ["#access_token=SECRET", "#…"],
    ["/there;key=SECRET/on;SECRET?a", "/there/on"],
    ["/there#access_token=SECRET", "/there"],
    ["/there?a\nb=SECRET", "/there"],
    ["/@someone/there", "/@someone/there"],
    ["", ""],
  ])("that is relative to a host: %s", (address, shown) => {
    expect(withoutSecrets(address)).toBe(shown);
  });

  test.each([
    ["//user:SECRET@example.com/there?key=SECRET", "//example.com/there"],
    ["//SECRET@example.com", "//example.com/"],
    ["//example.com/p;key=SECRET?api_key=SECRET", "//example.com/p"],
    ["//example.com/there#SECRET", "//example.com/there"],
    ["\\\\user:SECRET@example.com\\there", "//example.com/there"],
    ["/\t/user:SECRET@example.com/there", "//example.com/there"],
  ])("that is relative to a scheme: %s", (address, shown) => {
    expect(withoutSecrets(address)).toBe(shown);
  });

  test.each([
    ["https://exa mple/there?key=SECRET", "https://exa mple/there"],
    ["https://user:SECRET@exa mple/there?key=SECRET", "https://…"],
    ["https://user:SE?CRET@example.com/there", "https://…"],
    ["//user:SECRET@exa mple/there", "//…"],
    ["//exa mple/there?to=a@b&key=SECRET", "//…"],
    ["//exa mple/there?SECRET", "//exa mple/there"],
    ["http:// /?key=SECRET", "http:// /"],
  ])("that is not valid: %s", (address, shown) => {
    expect(withoutSecrets(address)).toBe(shown);
  });

  test.each([
    ["user:SECRET@example.com/there", "user:"],
    ["javascript:f('SECRET')", "javascript:"],
    ["data:text/plain,SECRET", "data:"],
  ])("that has no host: %s", (address, shown) => {
    expect(withoutSecrets(address)).toBe(shown);
  });
});
