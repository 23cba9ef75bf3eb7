/**
 * Bundles the page's script out of its sources into src/report/page/client_script.ts, which the
 * page takes it from: rendering a page must not need a bundler.
 */
import { build } from 'esbuild';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', 'src', 'report', 'page');

/** The module that holds the bundled script. */
export const scriptModule: string = join(folder, 'client_script.ts');

const heading = `/**
 * The script of the page, bundled from client/main.ts. Do not edit: it is written by
 * FFI_BENCH_UPDATE_GOLDEN=1 and test/golden/page_test.ts, which also finds it out of date.
 */
`;

/** What the module must hold for the sources of today. */
export async function bundledModule(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'client', 'main.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'ascii',
    legalComments: 'none',
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 40,
    supported: { 'template-literal': false },
  });
  const script = outputFiles[0]!.text.trim();
  if (/`|\$\{|<\/script|<!--/i.test(script)) {
    throw new Error('The bundled script holds what a template or a script element would end at.');
  }
  return `${heading}export const clientScript: string = String.raw\`\n${script}\n\`;\n`;
}
