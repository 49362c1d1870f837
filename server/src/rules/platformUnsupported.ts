import { type Cause, causes } from '../core/cause';
import type { Finding } from '../core/finding';
import { type InstallPlan, notesOf, pulls, usesByName } from '../core/install';
import { type Rule, type RuleContext, sourcesOf } from '../core/rule';
import type { VerdictOf } from '../core/verdict';
import { distinct, listed, platformsListed } from '../core/words';

type Unsupported = VerdictOf<'unsupported'>;

/** An image that exists, but not for a target platform. An error by the registry's word, a warning by release facts. */
export const platformUnsupported: Rule = {
  code: 'platform-unsupported',
  title: 'The image does not exist for a target platform',
  severity: 'error',
  check: (install, context) =>
    causes(install, context.judge, 'unsupported', samenessOf).map(cause => finding(install, cause, context)),
};

const samenessOf = ({ missing, available, source }: Unsupported): string | undefined =>
  missing.length === 0
    ? undefined
    : [platformsListed(missing), platformsListed(available), source.kind].join(' | ');

function finding(install: InstallPlan, cause: Cause<Unsupported>, context: RuleContext): Finding {
  const { missing, available, source } = cause.verdict;
  const named = usesByName(cause.uses);
  const images = [...named.keys()];
  const [has, lacks] = [platformsListed(available), platformsListed(missing)];
  const says = source.kind === 'registry' ? '' : `By Istio's release facts (read ${source.read}), `;
  const verb = images.length === 1 ? 'exists' : 'exist';
  const one = [...named.values()].flatMap(([use]) => use ?? []);
  const remarks = one.flatMap(use => missing.flatMap(target => context.remark(use, target) ?? []));
  return {
    code: platformUnsupported.code,
    severity: source.kind === 'registry' ? platformUnsupported.severity : 'warning',
    message: [
      `${says}${listed(images)} ${verb} for ${has} only, not for ${lacks}.`,
      `On ${lacks} nodes the containers won't start: "exec format error", or "no match for platform" while the image is pulled.`,
      ...distinct(remarks),
      ...notesOf(cause.uses),
    ].join(' '),
    site: cause.site,
    related: pulls(named, cause.site, image => `${image} has ${has}`),
    images,
    evidence: source.kind,
    sources: sourcesOf(named, context.judge),
    install: install.anchor,
  };
}
