import { joinPath } from '../../core/path';
import { placeOfTraced, type Traced, textOfTraced, tracedUnknown } from '../../core/traced';
import { assign } from './assign';
import type { Expansion } from './expand';
import type { Command } from './parse';
import { type State, setVariable, textValue } from './state';

/**
 * Changes the state as the shell's own commands do: folders, variables, arguments, the end of the script. Whether it was
 * such a command, which prints nothing.
 */
export function changeState(node: Command, words: readonly Traced[], expansion: Expansion): boolean {
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
    case 'export':
    case 'declare':
    case 'typeset':
    case 'local':
    case 'readonly':
      for (const argument of node.args)
        if (argument.type === 'Assignment') assign(argument, state, expansion);
      return true;
    case 'unset':
      for (const { raw } of rest) state.variables.delete(raw);
      return true;
    case 'set': {
      const at = rest.findIndex(({ raw }) => raw === '--');
      if (at >= 0) state.positional = rest.slice(at + 1);
      return true;
    }
    case 'shift':
      state.positional = state.positional?.slice(Number(rest[0]?.raw ?? 1) || 1);
      return true;
    case 'read':
    case 'mapfile':
    case 'readarray':
      for (const word of rest)
        if (/^\w+$/.test(word.raw))
          setVariable(state, word.raw, {
            value: textValue(
              tracedUnknown(`$${word.raw}`, placeOfTraced(word), 'it is read while the script runs'),
            ),
            choices: [],
          });
      return true;
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
    case ':':
    case 'true':
    case 'test':
    case '[':
      return true;
    default:
      return false;
  }
}

function changeDirectory(state: State, word: Traced | undefined): void {
  const path = word && textOfTraced(word);
  const isKnown = path?.kind === 'literal' && path.value !== '-' && !path.value.startsWith('~');
  state.directory = isKnown ? joinPath(state.directory ?? '.', path.value) : undefined;
}
