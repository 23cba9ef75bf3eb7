// A process that runs one command line after the other, so that a test of many of them starts Node
// once. Each answer is what that command line printed and the code it would have ended with.
import process from 'node:process';
import { main } from '../../src/cli/main.ts';

// Each run of `main` listens for errors of the streams, and none of these ends.
for (const stream of [process.stdout, process.stderr]) stream.setMaxListeners(0);

/** Keeps what a stream is given; the function gives the stream back and returns the text. */
function keep(stream: NodeJS.WriteStream): () => string {
  const write = stream.write;
  let text = '';
  stream.write = (piece: string | Uint8Array) => {
    text += typeof piece === 'string' ? piece : new TextDecoder().decode(piece);
    return true;
  };
  return () => {
    stream.write = write;
    return text;
  };
}

process.on('message', async (argv: string[]) => {
  const [stdout, stderr] = [keep(process.stdout), keep(process.stderr)];
  const code = await main(argv).catch((error: unknown) => {
    process.stderr.write(String((error as Error).stack));
    return 1;
  });
  process.send!({ code, stdout: stdout(), stderr: stderr() });
});
