/**
 * A window with a fine screen, for as long as the plotting library is being loaded: it moves marks
 * by half a pixel where it finds a coarse one, or a test (by a global `it`, which Bun's test runner
 * adds to every module that it compiles), and a page must be the same wherever it is rendered.
 */
const scope = globalThis as { window?: unknown };
const before = scope.window;

scope.window = { devicePixelRatio: 2 };

/** Takes the window away again. */
export function leaveScreen(): void {
  if (before === undefined) delete scope.window;
  else scope.window = before;
}
