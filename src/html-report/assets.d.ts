// What bundle.js makes of page/.
declare module "ssescope:html-report-assets" {
  /** The program of the page. */
  export const script: string;
  /** Its style sheet. */
  export const style: string;
}
