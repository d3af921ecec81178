/**
 * Switches that open the program to whoever starts it: each takes away a wall (sandbox, origin, certificates) or lets
 * another program steer the page. The fuses cover Node's own; these belong to Chromium, so the program refuses them.
 */
export const FORBIDDEN_SWITCHES: readonly string[] = [
  'no-sandbox',
  'disable-web-security',
  'allow-running-insecure-content',
  'ignore-certificate-errors',
  'host-rules',
  'host-resolver-rules',
  'load-extension',
  'js-flags',
  'gpu-launcher',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'remote-debugging-port',
  'remote-debugging-pipe',
  'inspect',
  'inspect-brk',
];

/** The first forbidden switch on the command line; undefined when there is none. */
export function forbiddenSwitch(commandLine: { hasSwitch(name: string): boolean }): string | undefined {
  return FORBIDDEN_SWITCHES.find((name) => commandLine.hasSwitch(name));
}
