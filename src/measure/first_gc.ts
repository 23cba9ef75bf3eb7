/**
 * mitata collects garbage when it is loaded, to see whether it can. A launch collects right before
 * it measures, so that this one is 8 to 16 ms for nothing in each; V8's is left out. To be loaded
 * before mitata.
 */
const engine = globalThis as { gc?: () => void };
const collect = engine.gc;

if (collect !== undefined) {
  engine.gc = () => {
    engine.gc = collect;
  };
}
