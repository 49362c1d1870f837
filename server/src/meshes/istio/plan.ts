import type { Fragment, Manifest } from '../../core/fragment';
import type { Gap, InstallPlan, Setting } from '../../core/install';
import type { MeshSettings, Open } from '../../core/mesh';
import type { Notice } from '../../core/notice';
import type { Node } from '../../core/tree';
import { appliedPlan } from './appliedFiles';
import { chartsIn } from './chartFronts';
import { withChartNotices } from './chartNotices';
import { planCharts } from './chartsPlan';
import { cluesOf, noClues } from './clues';
import { chartsGap, commandInput } from './commandInput';
import { lastControlPlane } from './controlPlane';
import { type Evidence, evidenceOf, meshVersionOf } from './evidence';
import { excludedPlatforms } from './excludedPlatforms';
import { imageGaps, undecidedGap } from './gaps';
import { helmCommandOf } from './helmCommand';
import { planHelm } from './helmInput';
import { ignoredOverrides } from './ignoredOverrides';
import { imagesOf } from './images';
import type { InstallInput } from './installInput';
import { invocationOf } from './istioctl';
import { versionGaps } from './knownVersions';
import { planKustomization, withKustomizedImages } from './kustomize';
import { lostPatches } from './lostPatches';
import { malformedGaps } from './malformed';
import { type CompiledIn, compiledInOf, mergedSpec, specOf, userSpec, type Written } from './merge';
import { narrowed } from './narrowing';
import { withNodeLimits } from './nodeLimits';
import { imageNotices } from './notices';
import { openMapGaps } from './openMaps';
import { isControlPlane, isIstioOperator } from './operator';
import { lastWithOperator, operatorEvidence, operatorImage, settingOf } from './operatorInit';
import { selectProfile } from './profileChoice';
import { newestWith } from './profiles';
import { appliedToNobody, removedCommand, removedPlan } from './removedCommands';
import { rulesOf } from './rules';
import { planSail, sailComponent } from './sail';
import { firstAt, settingAt, valuePaths } from './settings';
import { newestMinor, parseVersion } from './version';
import { planWorkload } from './workloadImage';
import { tagsIn } from './writtenTags';

/** The install plan of an IstioOperator or of an `istioctl` command; `undefined` for anything else. Never throws. */
export function planIstio(fragment: Fragment, settings: MeshSettings, open: Open): InstallPlan | undefined {
  switch (fragment.kind) {
    case 'manifest':
      return planManifest(fragment, settings, open);
    case 'command': {
      const helm = helmCommandOf(fragment);
      if (helm !== undefined) return withChartNotices(planHelm(fragment, helm, settings, open));
      const invocation = invocationOf(fragment);
      if (invocation === undefined)
        return (
          removedPlan(fragment, settings) ??
          appliedPlan(fragment, settings, open, other => planManifest(other, settings, open))
        );
      const plan = planInput(commandInput(fragment, invocation, settings, open), settings, open);
      return noticing(plan, removedCommand(fragment, versionOf(plan)));
    }
  }
}

const versionOf = ({ version }: InstallPlan) => version && parseVersion(version.version);

const noticing = (plan: InstallPlan, notice: Notice | undefined): InstallPlan =>
  notice === undefined ? plan : { ...plan, notices: [notice, ...(plan.notices ?? [])] };

function planManifest(manifest: Manifest, settings: MeshSettings, open: Open): InstallPlan | undefined {
  if (isIstioOperator(manifest)) {
    const plan = unreadPlan(manifest) ?? planInput(manifestInput(manifest), settings, open);
    return noticing(plan, appliedToNobody(manifest, versionOf(plan)));
  }
  const component = sailComponent(manifest);
  if (component !== undefined) {
    const plan = unreadPlan(manifest) ?? planSail(manifest, component, settings);
    return withChartNotices(plan);
  }
  const workload = planWorkload(manifest, settings, open, other => planManifest(other, settings, open));
  if (workload !== undefined) return workload;
  const charts = chartsIn(manifest, open);
  const plan =
    charts === undefined
      ? planKustomization(manifest)
      : withKustomizedImages(planCharts(charts, settings), manifest);
  return plan && withChartNotices(plan);
}

/** Nothing is known of the images of a document that could not be read, and it has to be said. */
function unreadPlan({ unread, anchor }: Manifest): InstallPlan | undefined {
  if (unread === undefined) return undefined;
  const gaps: readonly Gap[] = [{ what: 'values', why: unread, site: anchor }];
  return { mesh: 'istio', anchor, images: [], gaps, notes: [], files: [], reads: [] };
}

function manifestInput(manifest: Manifest): InstallInput {
  const { root, anchor, surroundings } = manifest;
  const spec = specOf(root);
  return {
    written: { files: spec === undefined ? [] : [spec], sets: [] },
    form: 'manifest',
    ...(isControlPlane(manifest) && { newest: lastControlPlane }),
    clues: surroundings === undefined ? noClues : cluesOf({ ...surroundings, words: [] }),
    anchor,
    directories: [anchor.uri.slice(0, anchor.uri.lastIndexOf('/') + 1)],
    gaps: openMapGaps(root),
    notes: [],
    files: [],
    reads: [],
  };
}

function planInput(input: InstallInput, settings: MeshSettings, open: Open): InstallPlan {
  const { anchor, operator, clues, form } = input;
  const operatorTag = settingOf(operator?.tag);
  const tags = [...(operatorTag === undefined ? [] : [operatorTag]), ...tagsIn(input.written)];
  const told = evidenceOf(clues, settings, tags);
  const toldOfMesh = operator?.tag === undefined ? told : operatorEvidence(operator.tag);
  const isMissing = operator !== undefined && told !== undefined && told.version.minor > lastWithOperator;
  // Without a file, `operator init` installs nothing but the operator.
  const hasMesh = operator === undefined || input.written.files.length > 0;
  const mesh = hasMesh && !isMissing ? planMesh(input, toldOfMesh, settings, open) : undefined;
  const started =
    operator === undefined || isMissing
      ? []
      : [operatorImage(operator, input.revision, compiledInOf(settings, told))];
  const images = [...started, ...(mesh?.images ?? [])];
  return {
    mesh: 'istio',
    ...(told !== undefined && { version: meshVersionOf(told) }),
    anchor,
    ...(mesh?.profile !== undefined && { profile: mesh.profile }),
    images,
    gaps: [
      ...input.gaps,
      ...(mesh?.gaps ?? []),
      ...versionGaps(told, images, anchor),
      ...imageGaps(images, { anchor, form, newest: clues.newest, told: toldOfMesh?.version }),
    ],
    notes: input.notes,
    notices: [...(mesh?.notices ?? []), ...imageNotices(images, input.written.sets, anchor)],
    files: input.files,
    reads: [...input.reads, ...(mesh?.reads ?? [])],
  };
}

type MeshPart = Pick<InstallPlan, 'profile' | 'images' | 'gaps' | 'notices' | 'reads'>;

/** What is installed by a binary, istioctl or the operator in the cluster, of the version that `told` tells. */
function planMesh(
  { written, anchor, directories, operator, narrowing, ...input }: InstallInput,
  told: Evidence | undefined,
  settings: MeshSettings,
  open: Open,
): MeshPart {
  const newest = input.newest ?? (operator === undefined ? newestMinor : lastWithOperator);
  const minor = told?.version.minor ?? Math.min(minorOfProfile(written), newest);
  const rules = rulesOf(minor);
  const user = userSpec(written, rules);
  const choice = selectProfile(settingAt(user, ['profile']), minor, rules, anchor, reference =>
    open(reference, directories, 'documents'),
  );
  const compiledIn: CompiledIn = compiledInOf(settings, told);
  const { spec, gaps } = mergedSpec(written, choice.layers, compiledIn, rules, minor);
  const release = told?.version.release === true ? told.version.patch : undefined;
  const resolved = { spec, compiledIn, rules, minor, ...(release !== undefined && { patch: release }) };
  const { images: whole, undecided, containers: running, lost } = imagesOf(resolved);
  const part = narrowing && narrowed(whole, running, narrowing, minor);
  const { images: pulled, containers } = part ?? { images: whole, containers: running };
  const patches = lostPatches({ containers: running, lost }, spec, minor);
  const version = { minor, patch: told?.version.patch ?? 0 };
  const images = withNodeLimits(pulled, { spec, containers, version });
  return {
    ...(choice.setting !== undefined && { profile: choice.setting }),
    images,
    gaps: [
      ...gaps,
      ...choice.gaps,
      ...packagePathGaps(user),
      ...malformedGaps(user, rules),
      ...patches.gaps,
      ...(part?.gaps ?? []),
      ...undecided.map(setting => undecidedGap(setting, anchor)),
    ],
    notices: [
      ...excludedPlatforms(images, version, anchor),
      ...ignoredOverrides({ ...resolved, containers, written }),
      ...patches.notices,
    ],
    reads: choice.reads,
  };
}

/** Without a version: the newest one that has the profile, so that an old install is not read by new rules. */
function minorOfProfile(written: Written): number {
  const profile = settingAt(userSpec(written, rulesOf(newestMinor)), ['profile'])?.value;
  return (profile?.kind === 'literal' ? newestWith(profile.value) : undefined) ?? newestMinor;
}

function packagePathGaps(user: Node | undefined): readonly Gap[] {
  const path: Setting | undefined = firstAt(user, [
    ['installPackagePath'],
    ...valuePaths('installPackagePath'),
  ]);
  if (path?.origin.kind !== 'written') return [];
  return [chartsGap({ text: path.value, site: path.origin.site })];
}
