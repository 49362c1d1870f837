import { readSettings } from '../../server/src/core/settings';
import { textOf } from '../../server/src/core/text';
import { defaults } from '../../server/src/defaults';
import { createEngine } from '../../server/src/engine';

/**
 * What is said beside the findings of a script, a line each: the text that decides, the text that is pointed at, and what
 * is said of it: `1.14.1 <- arm64: Only istioctl itself …`. The lines that list the images are left out.
 */
export function related(text: string): readonly string[] {
  const { settings } = readSettings({}, defaults);
  const readFile = (reference: string) => ({ uri: reference, text: undefined });
  const engine = createEngine();
  const planned = engine.plan({ uri: 'file:///install.sh', text }, { settings, readFile });
  const names = planned.installs.flatMap(({ plan }) => plan.images.map(({ reference }) => textOf(reference)));
  const shown = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
  return engine
    .check(planned, { settings, readFile, ask: () => ({ kind: 'pending' }) })
    .flatMap(({ finding }) =>
      finding.related
        .filter(({ message }) => !names.some(name => message.startsWith(name)))
        .map(({ site, message }) => `${shown(finding.site.span)} <- ${shown(site.span)}: ${message}`),
    );
}
