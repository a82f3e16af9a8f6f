// What bundle.js makes of module/.
declare module "ssescope:recognise" {
  /** The bytes of the module. */
  export const base64: string;
}

/** What it exports: `module/recognise.ts` says what each of them is. */
interface RecogniserExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly PARTS: WebAssemblyGlobal;
  readonly LITERALS: WebAssemblyGlobal;
  readonly INPUT: WebAssemblyGlobal;
  readonly INPUT_SIZE: WebAssemblyGlobal;
  readonly SCRATCH: WebAssemblyGlobal;
  readonly OUTPUT: WebAssemblyGlobal;
  readonly end: WebAssemblyGlobal;
  readonly last: WebAssemblyGlobal;
  readonly textEnd: WebAssemblyGlobal;
  readonly surplus: WebAssemblyGlobal;
  readonly pairs: WebAssemblyGlobal;
  find(from: number, inputEnd: number, output: number, firstDigit: number, lastDigit: number): number;
}

interface WebAssemblyGlobal {
  readonly value: number;
}

/** What is used of https://webassembly.github.io/spec/js-api/: Node.js has it, and its types do not. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: RecogniserExports };
};
