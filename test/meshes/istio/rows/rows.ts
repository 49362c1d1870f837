import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InstallPlan } from '../../../../server/src/core/install';
import { at, command, installed, operator, operatorText, planned } from '../fixture';

/** The first and the last of some minor versions. */
export type Minors = readonly [first: number, last: number];

/**
 * Versions, a spec in one line of YAML, and the images that are installed at once, with blanks between. The hub `h` and the
 * tag `t` are compiled in.
 */
export type SpecRow = readonly [...Minors, spec: string, images: string];

/** The same with what follows `istioctl install`; `mine.yaml` is an IstioOperator with the spec. */
export type CommandRow = readonly [...Minors, words: string, spec: string, images: string];

/** The same with a part of what the plan says that it does not know; '' where it knows everything. */
export type GapRow = readonly [...Minors, spec: string, gap: string];

export const minorsOf = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

const range = (first: number, last: number): string =>
  first === last ? `1.${first}` : `1.${first} to 1.${last}`;

/** One test for each row, which holds in every one of its versions. */
export function testSpecs(
  rows: readonly SpecRow[],
  imagesIn: (plan: InstallPlan) => readonly string[] = installed,
): void {
  for (const [first, last, spec, images] of rows)
    test(`${range(first, last)} ${spec} pulls ${images || 'nothing'}`, () => {
      for (const minor of minorsOf(first, last))
        assert.equal(imagesIn(planned(operator(spec), at(minor))).join(' '), images, `1.${minor}`);
    });
}

export function testCommands(rows: readonly CommandRow[]): void {
  for (const [first, last, words, spec, images] of rows)
    test(`${range(first, last)} istioctl install ${words}${spec && ` on ${spec}`} pulls ${images || 'nothing'}`, () => {
      for (const minor of minorsOf(first, last))
        assert.equal(installed(planCommand(minor, words, spec)).join(' '), images, `1.${minor}`);
    });
}

/** The plan of `istioctl install` with these words. */
export const planCommand = (minor: number, words: string, spec = ''): InstallPlan =>
  planned(command(`istioctl install ${words}`), at(minor), { 'mine.yaml': operatorText(spec || '{}') });

export function testGaps(rows: readonly GapRow[]): void {
  for (const [first, last, spec, gap] of rows)
    test(`${range(first, last)} ${spec} ${gap === '' ? 'leaves nothing open' : `is open: ${gap}`}`, () => {
      for (const minor of minorsOf(first, last)) {
        const said = gapsOf(planned(operator(spec), at(minor)));
        if (gap === '') assert.equal(said, '', `1.${minor}`);
        else assert.ok(said.includes(gap), `1.${minor} says: ${said}`);
      }
    });
}

export const gapsOf = ({ gaps }: InstallPlan): string =>
  gaps.map(({ what, why }) => `${what}: ${why}`).join('; ');

/** A spec with nothing but istiod. */
export const onlyPilot = (more: string): string => `{profile: minimal, ${more}}`;

/** A spec with nothing but one ingress gateway, which has these settings of its own. */
export const onlyGateway = (own = '', more = ''): string =>
  `{profile: empty, components: {ingressGateways: [{name: istio-ingressgateway, enabled: true${own && `, ${own}`}}]}${more && `, ${more}`}}`;
