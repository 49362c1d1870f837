import type { Gap, Setting } from '../../core/install';
import type { OpenedFile } from '../../core/mesh';
import type { Site } from '../../core/text';
import type { Node } from '../../core/tree';
import { listed } from '../../core/words';
import { builtinProfiles, specOf } from './merge';
import { profileIn } from './operator';
import { profileNames } from './profiles';
import type { Rules } from './rules';

/** The profile of an install: its layers, lowest first, and what could not be found out about it. */
export interface ProfileChoice {
  /** The written value that selects it. */
  readonly setting?: Setting;
  readonly layers: readonly Node[];
  readonly gaps: readonly Gap[];
  readonly reads: readonly string[];
}

/**
 * The layers of the profile that `setting` names. Where it can't be known or read, the profile `default` is shown and a
 * gap says so.
 */
export function selectProfile(
  setting: Setting | undefined,
  minor: number,
  rules: Rules,
  anchor: Site,
  open: (reference: string) => OpenedFile,
): ProfileChoice {
  const usual = builtinProfiles('default', minor) ?? [];
  if (setting === undefined) return { layers: usual, gaps: [], reads: [] };
  const site = setting.origin.kind === 'written' ? setting.origin.site : anchor;
  const failed = (why: string, reads: readonly string[] = []): ProfileChoice => ({
    setting,
    layers: usual,
    gaps: [{ what: 'profile', why: `${why}; the images are those of the profile default`, site }],
    reads,
  });
  if (setting.value.kind === 'dynamic')
    return failed(`the profile ${setting.value.raw} is not known: ${setting.value.why}`);
  const name = setting.value.value;
  const layers = builtinProfiles(name, minor);
  if (layers !== undefined) return { setting, layers, gaps: [], reads: [] };
  if (!/[/\\]|\.ya?ml$/.test(name) || !rules.profileFiles)
    return failed(
      `there is no profile ${name} in this version of istioctl, only ${listed(profileNames(minor))}`,
    );
  const file = open(name);
  const read = file.uri === undefined ? [] : [file.uri];
  const operator = profileIn(file);
  if (file.fragments === undefined)
    return failed(`the profile ${name} can't be read${file.why === undefined ? '' : `: ${file.why}`}`, read);
  if (operator === undefined) return failed(`there is no IstioOperator in ${name}`, read);
  if (operator.unread !== undefined)
    return failed(`the profile ${name} can't be read: ${operator.unread}`, read);
  const spec = specOf(operator.root);
  return { setting, layers: spec === undefined ? usual : [...usual, spec], gaps: [], reads: read };
}
