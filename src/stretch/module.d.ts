// The types of the module that bundle.js compiles from module/.
declare module "ssescope:recognise" {
  /** The bytes of the module. */
  export const base64: string;
}

/** Its exports: `module/recognise.ts` documents each of them. */
interface RecogniserExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly SHAPE_SIZE: WebAssemblyGlobal;
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
  find(shape: number, from: number, inputEnd: number, output: number, firstDigit: number, digits: number): number;
}

interface WebAssemblyGlobal {
  readonly value: number;
}

/** The parts of https://webassembly.github.io/spec/js-api/ that are used: Node.js has it, but its types do not. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: RecogniserExports };
};
