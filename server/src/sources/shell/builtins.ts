import { joinPath } from '../../core/path';
import { placeOfTraced, type Traced, textOfTraced, tracedUnknown } from '../../core/traced';
import { chomped, type Expansion } from './expand';
import { outputOf, substituted } from './outputs';
import { setIn } from './scope';
import { type State, setVariable, textValue } from './state';
import type { Stream } from './stream';

/**
 * Changes the state as the shell's own commands do: folders, variables, arguments, the end of the script. Whether it was
 * such a command, which prints nothing.
 */
export function changeState(
  words: readonly Traced[],
  expansion: Expansion,
  input: Stream | undefined,
): boolean {
  const { state } = expansion;
  const [name, ...rest] = words;
  switch (name?.raw) {
    case 'cd':
    case 'pushd':
      changeDirectory(
        state,
        rest.find(({ raw }) => !/^-[LPe@n]$|^--$/.test(raw)),
      );
      return true;
    case 'popd':
      state.directory = undefined;
      return true;
    case 'unset':
      for (const { raw } of rest) setIn(state.variables, raw, undefined);
      return true;
    case 'set': {
      const at = rest.findIndex(({ raw }) => raw === '--');
      if (at >= 0) state.positional = rest.slice(at + 1);
      return true;
    }
    case 'shift':
      state.positional = state.positional?.slice(Number(rest[0]?.raw ?? 1) || 1);
      return true;
    case 'printf': {
      const variable = rest[0]?.raw === '-v' ? rest[1] : undefined;
      if (variable === undefined) return false;
      const running = { state, input, readFile: () => undefined };
      const text = outputOf([name, ...rest.slice(2)], running);
      const value = substituted(text, `$${variable.raw}`, placeOfTraced(variable));
      setVariable(state, variable.raw, { value: textValue(value), choices: [] });
      return true;
    }
    case 'read': {
      const variable = rest.at(-1);
      if (input?.kind === 'text' && variable !== undefined && readsAll(rest)) {
        setVariable(state, variable.raw, { value: textValue(chomped(input.text)), choices: [] });
        return true;
      }
      return setByReading(state, rest);
    }
    case 'mapfile':
    case 'readarray':
      return setByReading(state, rest);
    case 'exit':
      state.ended = 'exit';
      return true;
    case 'return':
      state.ended = 'return';
      return true;
    case 'break':
    case 'continue':
      state.ended = 'break';
      return true;
    case 'export':
    case 'declare':
    case 'typeset':
    case 'local':
    case 'readonly':
    case ':':
    case 'true':
    case 'test':
    case '[':
      return true;
    default:
      return false;
  }
}

/** `read -r -d '' NAME` reads everything there is. */
const readsAll = (words: readonly Traced[]): boolean =>
  words.some(({ raw }, index) => /^-[ers]*d$/.test(raw) && words[index + 1]?.raw === '');

/** What is read line by line is known only while the script runs. */
function setByReading(state: State, words: readonly Traced[]): true {
  for (const word of words)
    if (/^\w+$/.test(word.raw)) {
      const why = 'it is read while the script runs';
      const value = textValue(tracedUnknown(`$${word.raw}`, placeOfTraced(word), why));
      setVariable(state, word.raw, { value, choices: [] });
    }
  return true;
}

function changeDirectory(state: State, word: Traced | undefined): void {
  const path = word && textOfTraced(word);
  const isKnown = path?.kind === 'literal' && path.value !== '-' && !path.value.startsWith('~');
  state.directory = isKnown ? joinPath(state.directory ?? '.', path.value) : undefined;
}
