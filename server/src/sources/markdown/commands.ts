import { joinTraced, type Traced } from '../../core/traced';
import { cutterOf } from '../makefile/cutter';
import { type Line, lineAt } from '../makefile/lines';
import type { Language } from './language';
import { type Prompt, promptOf } from './prompts';
import { followCommand } from './unfinished';

/**
 * The commands of a code block: where some of its lines start with a prompt, only these and what they go on in, for all
 * else is output (but what stands before the first prompt of a script is none); where none does, the block as it is.
 */
export function commandsOf(block: Traced, language: Language): Traced {
  const prompts = promptsIn(block.raw, language);
  if (prompts === undefined) return block;
  const cut = cutterOf(block);
  const ranges = rangesOf(block.raw, prompts, language === 'script');
  return joinTraced(ranges.map(([start, end]) => cut(start, end)));
}

/** Whether the lines that are commands start with the prompt, by its kind; `undefined` where there are no prompts. */
type IsPrompt = (prompt: Prompt) => boolean;

/**
 * `$` is a prompt anywhere. `#` is the prompt of root in a console session without other prompts, unless a line without
 * it calls istioctl: then the lines with it are comments. `>` is one where the first line starts with it.
 */
function promptsIn(raw: string, language: Language): IsPrompt | undefined {
  const kinds = new Set<Prompt['kind']>();
  let first: Prompt['kind'] | 'none' | undefined;
  let calls = false;
  for (let at = 0; at < raw.length; ) {
    const line = lineAt(raw, at);
    const start = raw.slice(line.start, Math.min(line.end, line.start + 200));
    const prompt = promptOf(start);
    if (prompt !== undefined) kinds.add(prompt.kind);
    else if (callsIstioctl(start)) calls = true;
    if (start.trim() !== '') first ??= prompt?.kind ?? 'none';
    at = line.next;
  }
  if (kinds.has('user')) return ({ kind }) => kind === 'user';
  if (first === 'angle') return ({ kind }) => kind === 'angle';
  if (kinds.has('root') && language === 'session' && !calls) return ({ kind }) => kind === 'root';
  return undefined;
}

/** Whether the first word of a line is istioctl, by any path, also behind `sudo`. */
export const callsIstioctl = (line: string): boolean =>
  /^[ \t]*(?:(?:sudo|time)[ \t]+)?[^\s'"=]{0,120}\bistioctl[\w.-]{0,20}(?:\s|$)/.test(line.slice(0, 200));

/** The parts of a session that are commands, with their line ends; `isScript`: so are the lines before the first prompt. */
function rangesOf(
  raw: string,
  isPrompt: IsPrompt,
  isScript: boolean,
): readonly (readonly [number, number])[] {
  const ranges: (readonly [number, number])[] = [];
  let follow = followCommand();
  let goesOn = false;
  let hasPrompt = false;
  const take = (line: Line, skipped: number): void => {
    ranges.push([line.start + skipped, line.next]);
    goesOn = follow(raw.slice(line.start + skipped, line.end));
  };
  for (let at = 0; at < raw.length; ) {
    const line = lineAt(raw, at);
    const prompt = promptOf(raw.slice(line.start, Math.min(line.end, line.start + 200)));
    const isContinued = goesOn && prompt?.kind !== 'user';
    if (isContinued) take(line, prompt?.kind === 'angle' ? prompt.length : 0);
    else if (prompt !== undefined && isPrompt(prompt)) {
      hasPrompt = true;
      follow = followCommand();
      take(line, prompt.length);
    } else if (isScript && !hasPrompt) take(line, 0);
    at = line.next;
  }
  return ranges;
}
