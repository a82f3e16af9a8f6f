// The output of bundle.js for page/.
declare module "ssescope:html-report-assets" {
  /** The page's program. */
  export const script: string;
  /** The page's style sheet. */
  export const style: string;
}
