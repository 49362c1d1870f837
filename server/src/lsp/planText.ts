import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentPlan } from '../core/document';
import { formatPlatform } from '../core/platform';
import { textOf } from '../core/text';
import type { World } from './world';

/** The install plan of a document as plain text: a block for each install with its line, a line for each image. */
export function planText({ installs }: DocumentPlan, document: TextDocument, world: World): string {
  if (installs.length === 0) return 'This file holds no install.\n';
  const blocks = installs.map(({ plan, mesh, chunk }) => {
    const { line } = document.positionAt(chunk.start + plan.anchor.span.start);
    const version = plan.version === undefined ? 'version unknown' : plan.version.version;
    const rows = plan.images.map(use => {
      const verdict = world.engine.judge(mesh, use, { ...world.context, ask: world.facts.peek });
      const has = 'available' in verdict ? verdict.available.map(formatPlatform).join(', ') : 'not known';
      const name = textOf(use.reference);
      const when = use.when === 'injection' ? 'pulled by every pod that joins the mesh' : use.workload;
      return `  ${name}\n    ${when}, container ${use.container}; platforms: ${has}`;
    });
    return [
      `Line ${line + 1}: Istio, ${version}`,
      ...rows,
      ...plan.gaps.map(({ why }) => `  open: ${why}`),
    ].join('\n');
  });
  return `${blocks.join('\n\n')}\n`;
}
