/** What a typed line is read and completed with: most of it is grammar, which comes when the field is first used. */
import { load } from '../../store/loading';

async function bring() {
  const [{ readLine, WORLD_WORDS }, { complete }] = await Promise.all([
    import('./readLine'),
    import('./completion'),
  ]);
  return { readLine, WORLD_WORDS, complete };
}

type LineTools = Awaited<ReturnType<typeof bring>>;

let tools: LineTools | undefined;

/** Undefined until `loadLineTools` has resolved once. */
export function lineTools(): LineTools | undefined {
  return tools;
}

/** Undefined when they cannot be loaded, which is said; asked again, it tries again. */
export async function loadLineTools(): Promise<LineTools | undefined> {
  tools ??= await load(bring);
  return tools;
}
