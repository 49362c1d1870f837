import type { Manifest } from '../../core/fragment';
import type { Gap, InstallPlan } from '../../core/install';
import type { Open } from '../../core/mesh';
import type { Site } from '../../core/text';
import { entryOf, type Node } from '../../core/tree';
import { unreadableFile } from './fileGap';
import { specOf } from './merge';
import { openMapGaps } from './openMaps';
import { isControlPlane, isIstioOperator, isKindless } from './operator';
import type { Piece } from './piece';
import { istioctlOf } from './version';

/** A file that `-f` names, opened but not yet read as a version of istioctl reads it. */
export interface InputFile {
  readonly site: Site;
  /** What people call it: its path, or standard input. */
  readonly name: string;
  readonly documents: readonly Manifest[];
  /** Why there are no documents, as a clause. */
  readonly unreadable?: string;
  readonly files: InstallPlan['files'];
}

/** Opens a file that `-f` names. istioctl reads no addresses there, and none is fetched here. */
export function openInput({ text, site }: Piece, directories: readonly string[], open: Open): InputFile {
  const failed = (name: string, unreadable: string): InputFile => ({
    ...{ site, name, documents: [], files: [], unreadable },
  });
  if (text.kind === 'dynamic') return failed(text.raw, `the file ${text.raw} is not known: ${text.why}`);
  const name = text.value.trim();
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(name))
    return failed(name, `Meshfit does not fetch ${name}; save it as a file and name that`);
  const isInput = name === '-' || name === '/dev/stdin';
  const path = isInput ? '-' : name;
  const { uri, fragments, why } = open(path, directories, 'documents');
  const files = uri === undefined || isInput ? [] : [{ site, uri }];
  if (fragments === undefined) return { ...failed(name, unreadableFile(path, directories, why)), files };
  const documents = fragments.filter(fragment => fragment.kind === 'manifest');
  return { site, name: isInput ? 'standard input' : name, documents, files };
}

/** The document that is meant to be installed: an IstioOperator, or else the first one if it says no kind. */
export const meantIn = ({ documents }: InputFile): Manifest | undefined =>
  documents.find(isIstioOperator) ?? documents.slice(0, 1).find(isKindless);

/** Whether a file has the form that Istio 1.4 had. */
export const isOfControlPlane = (file: InputFile): boolean => {
  const meant = meantIn(file);
  return meant !== undefined && isControlPlane(meant);
};

/**
 * What istioctl 1.`minor` takes from a file, or what any does where that is not known. To 1.23 it is the first document,
 * whatever its kind; from 1.12 on two IstioOperators are refused, and documents without a kind; from 1.24 on all but a
 * single one (istio operator/pkg/manifest/shared.go ReadLayeredYAMLs, with hasMultipleIOPs from istio/istio pull request
 * 35508 on; 1.24 operator/pkg/render/manifest.go checkNoMultipleIOPs).
 */
export function takenFrom(
  file: InputFile,
  minor: number | undefined,
): { readonly spec: Node | undefined; readonly gaps: readonly Gap[] } {
  const { site, name, unreadable } = file;
  const gap = (why: string): Gap => ({ what: 'file', why, site });
  const meant = meantIn(file);
  if (meant === undefined)
    return { spec: undefined, gaps: [gap(unreadable ?? `there is no IstioOperator in ${name}`)] };
  const said = disagreement(file, meant, minor);
  const gaps = [
    ...(said === undefined ? [] : [gap(said)]),
    ...(meant.unread === undefined ? [] : [gap(`${name} can't be read: ${meant.unread}`)]),
    ...openMapGaps(meant.root),
  ];
  const isPassedOver = (minor ?? lastWithFirst + 1) <= lastWithFirst && readsAsNothing(file, meant);
  return { spec: isPassedOver ? undefined : specOf(meant.root), gaps };
}

/** The last version that looks at nothing but the first document. */
const lastWithFirst = 23;
/** The first version that looks at the kinds of all documents. */
const firstWithKinds = 12;

/** Why the document that is meant is not what istioctl installs, or not all that the author meant. */
function disagreement(file: InputFile, meant: Manifest, minor: number | undefined): string | undefined {
  const { documents, name } = file;
  const [first] = documents;
  const istioctl = istioctlOf(minor);
  const looksAtKinds = minor === undefined || minor >= firstWithKinds;
  const many = documents.filter(isIstioOperator).length;
  if (many > 1)
    return looksAtKinds
      ? `there are ${many} IstioOperators in ${name}, but istioctl takes one per file`
      : `there are ${many} IstioOperators in ${name}, and ${istioctl} reads the first only`;
  if (minor !== undefined && minor > lastWithFirst) {
    const other = documents.find(document => document !== meant);
    if (other !== undefined)
      return `${istioctl} refuses ${name}, because there is ${described(other)} beside the IstioOperator; give each a file of its own`;
  } else if (first !== undefined && first !== meant)
    return `${istioctl} reads the first document of ${name} only, ${described(first)}; give the IstioOperator behind it a file of its own`;
  const kindless = looksAtKinds ? documents.find(({ kindName }) => kindName === '') : undefined;
  if (kindless === undefined) return undefined;
  const what = kindless === meant ? 'it does not say' : 'a document in it does not say';
  return minor === undefined
    ? `${name} is refused from Istio 1.${firstWithKinds} on, because ${what} kind: IstioOperator`
    : `${istioctl} refuses ${name}, because ${what} kind: IstioOperator`;
}

const described = ({ kindName }: Manifest): string =>
  kindName === '' ? 'one without a kind' : `${/^[AEIOU]/.test(kindName) ? 'an' : 'a'} ${kindName}`;

/**
 * Whether the first document is another one, and has nothing that an IstioOperator may not have: then no error tells that
 * nothing of what was meant is read. istio operator/pkg/validate/validate.go UnmarshalIOP refuses unknown fields.
 */
function readsAsNothing({ documents: [first] }: InputFile, meant: Manifest): boolean {
  if (first === undefined || first === meant || first.root.kind !== 'map') return false;
  return (
    first.unread === undefined &&
    entryOf(first.root, 'spec') === undefined &&
    first.root.entries.every(({ key }) => ['apiVersion', 'kind', 'metadata', 'status'].includes(key))
  );
}
