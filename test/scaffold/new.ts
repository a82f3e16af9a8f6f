// `npm run new`: generates a dialect, a rule, a framing, a view or a reporter.
import { help, readArguments } from "./arguments.ts";
import { format, renew } from "./finish.ts";
import { carryOut } from "./plan.ts";
import { ScaffoldError } from "./scaffold-error.ts";

/** npm starts scripts in the project's folder. */
const root = process.cwd();

try {
  const argv = process.argv.slice(2);
  const request = argv.length === 0 ? null : readArguments(argv, process.env);
  if (argv.length === 0) {
    process.stderr.write(`${help}\n`);
    process.exitCode = 2;
  } else if (request === null) say(help);
  else {
    const { kind, name, place } = request;
    const plan = kind.plan(root, name, place);
    const { created, changed } = carryOut(root, plan);
    format(root, [...created, ...changed]);
    renew(root, plan.renewals);
    say([...created.map((path) => `created  ${path}`), ...changed.map((path) => `changed  ${path}`)].join("\n"));
    say(`\nGenerated files are updated: see git status. Next: ${plan.next.join(" ")}. TODO marks each place.`);
  }
} catch (error) {
  if (!(error instanceof ScaffoldError)) throw error;
  process.stderr.write(`npm run new: ${error.message}\n`);
  process.exitCode = 2;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
