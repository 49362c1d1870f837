import { onlyPilot, type SpecRow, testSpecs } from './rows';

/** A spec with nothing but the component. */
const only = (component: string, own: string, more = ''): string =>
  `{profile: empty, components: {pilot: {enabled: false}, ${component}: {enabled: true${own && `, ${own}`}}}${more && `, ${more}`}}`;

const ofInstall: readonly SpecRow[] = [
  // values.global.hub > spec.hub > compiled-in, in every version
  [5, 31, onlyPilot(''), 'h/pilot:t'],
  [5, 31, onlyPilot('hub: a'), 'a/pilot:t'],
  [5, 31, onlyPilot('tag: b'), 'h/pilot:b'],
  [5, 31, onlyPilot('hub: a, tag: b'), 'a/pilot:b'],
  [5, 31, onlyPilot('values: {global: {hub: a}}'), 'a/pilot:t'],
  [5, 31, onlyPilot('hub: a, values: {global: {hub: b}}'), 'b/pilot:t'],
  [5, 31, onlyPilot('tag: a, values: {global: {tag: b}}'), 'h/pilot:b'],
  [5, 31, onlyPilot('hub: a, tag: b, values: {global: {tag: c}}'), 'a/pilot:c'],
  // unvalidatedValues lie over values
  [5, 31, onlyPilot('unvalidatedValues: {global: {hub: a}}'), 'a/pilot:t'],
  [5, 31, onlyPilot('values: {global: {hub: a}}, unvalidatedValues: {global: {hub: b}}'), 'b/pilot:t'],
  [5, 31, onlyPilot('hub: a, unvalidatedValues: {global: {hub: b, tag: c}}'), 'b/pilot:c'],
];

const ofPilot: readonly SpecRow[] = [
  // unvalidatedValues.X > values.X > components.X > global, up to 1.23
  [5, 23, onlyPilot('components: {pilot: {hub: a}}, values: {pilot: {hub: b}}'), 'b/pilot:t'],
  [5, 23, onlyPilot('components: {pilot: {tag: a}}, values: {pilot: {tag: b}}'), 'h/pilot:b'],
  [5, 23, onlyPilot('components: {pilot: {hub: a, tag: b}}, values: {pilot: {hub: c}}'), 'c/pilot:b'],
  [5, 23, onlyPilot('components: {pilot: {hub: a}}, unvalidatedValues: {pilot: {hub: b}}'), 'b/pilot:t'],
  // components.X > unvalidatedValues.X > values.X > global, from 1.24 on
  [24, 31, onlyPilot('components: {pilot: {hub: a}}, values: {pilot: {hub: b}}'), 'a/pilot:t'],
  [24, 31, onlyPilot('components: {pilot: {tag: a}}, values: {pilot: {tag: b}}'), 'h/pilot:a'],
  [24, 31, onlyPilot('components: {pilot: {hub: a, tag: b}}, values: {pilot: {hub: c}}'), 'a/pilot:b'],
  [24, 31, onlyPilot('components: {pilot: {hub: a}}, unvalidatedValues: {pilot: {hub: b}}'), 'a/pilot:t'],
  // the same in every version
  [5, 31, onlyPilot('components: {pilot: {hub: a}}'), 'a/pilot:t'],
  [5, 31, onlyPilot('values: {pilot: {hub: a}}'), 'a/pilot:t'],
  [5, 31, onlyPilot('values: {pilot: {hub: a}}, unvalidatedValues: {pilot: {hub: b}}'), 'b/pilot:t'],
  [5, 31, onlyPilot('values: {global: {hub: a}, pilot: {hub: b}}'), 'b/pilot:t'],
  [5, 31, onlyPilot('hub: a, components: {pilot: {hub: b}}'), 'b/pilot:t'],
  [5, 31, onlyPilot('components: {pilot: {hub: a}}, values: {global: {hub: b}}'), 'a/pilot:t'],
  [5, 31, onlyPilot('components: {pilot: {tag: 2}}'), 'h/pilot:2'],
  // `base` carries no hub and no tag
  [5, 31, onlyPilot('components: {base: {hub: a, tag: b}}'), 'h/pilot:t'],
  // an empty text is no value
  [5, 23, onlyPilot('values: {pilot: {hub: "", tag: ""}}'), 'h/pilot:t'],
  [24, 31, onlyPilot('components: {pilot: {hub: ""}}, values: {pilot: {hub: a}}'), 'a/pilot:t'],
];

const ofOthers: readonly SpecRow[] = [
  [11, 23, only('cni', 'hub: a', 'values: {cni: {hub: b}}'), 'b/install-cni:t'],
  // to 1.10 a second container repairs what the first one missed
  [5, 10, only('cni', 'hub: a', 'values: {cni: {hub: b}}'), 'b/install-cni:t b/install-cni:t'],
  [5, 10, only('cni', '', 'values: {cni: {image: other}}'), 'h/other:t h/other:t'],
  [24, 31, only('cni', 'hub: a', 'values: {cni: {hub: b}}'), 'a/install-cni:t'],
  [11, 31, only('cni', 'hub: a, tag: b'), 'a/install-cni:b'],
  [11, 31, only('cni', '', 'hub: a, values: {cni: {tag: b}}'), 'a/install-cni:b'],
  [11, 31, only('cni', '', 'values: {cni: {image: other}}'), 'h/other:t'],
  [18, 23, only('ztunnel', 'hub: a', 'values: {ztunnel: {hub: b}}'), 'b/ztunnel:t'],
  [24, 31, only('ztunnel', 'hub: a', 'values: {ztunnel: {hub: b}}'), 'a/ztunnel:t'],
  [18, 31, only('ztunnel', 'hub: a, tag: b'), 'a/ztunnel:b'],
  [18, 31, only('ztunnel', '', 'values: {global: {hub: a}, ztunnel: {image: other}}'), 'a/other:t'],
  [18, 31, only('ztunnel', '', 'values: {ztunnel: {image: example.org/z:1}}'), 'example.org/z:1'],
  // the charts of 1.24 and later also read their values from the top
  [24, 31, onlyPilot('unvalidatedValues: {hub: a, tag: b}'), 'a/pilot:b'],
  [24, 31, onlyPilot('unvalidatedValues: {hub: a}, values: {pilot: {hub: b}}'), 'b/pilot:t'],
  [24, 31, only('ztunnel', '', 'unvalidatedValues: {hub: a}'), 'a/ztunnel:t'],
  [5, 23, onlyPilot('unvalidatedValues: {hub: a, tag: b}'), 'h/pilot:t'],
];

const wholeNames: readonly SpecRow[] = [
  // an `image` with a slash is the whole reference: no hub, tag or variant is added
  [5, 31, onlyPilot('hub: a, values: {pilot: {image: b/c}}'), 'b/c'],
  [5, 31, onlyPilot('values: {pilot: {image: "example.org/pilot:1"}}'), 'example.org/pilot:1'],
  [5, 31, onlyPilot('values: {pilot: {image: example.org/pilot@sha256:0}}'), 'example.org/pilot@sha256:0'],
  [16, 31, onlyPilot('values: {global: {variant: debug}, pilot: {image: a/b:c}}'), 'a/b:c'],
  [5, 31, onlyPilot('values: {pilot: {image: other}}'), 'h/other:t'],
  [16, 31, onlyPilot('values: {global: {variant: debug}, pilot: {image: other}}'), 'h/other:t-debug'],
];

testSpecs([...ofInstall, ...ofPilot, ...ofOthers, ...wholeNames]);
