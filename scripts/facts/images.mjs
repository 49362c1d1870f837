import { parse } from 'yaml';
import { rangesOf, sortedRows } from './ranges.mjs';

/** Test images that are built for one platform only, and an image whose platforms follow a base image of others. */
const leftOut = /^(?:app_sidecar|test_|proxytproxy$|agentgateway$)/;

/** What the release flow builds: istio tools/docker.yaml, before 1.14 the targets in tools/istio-docker.mk. */
export function imageRows({ releases, show }) {
  const tables = releases.map(({ minor, tag }) => {
    const names = inYaml(show(tag, 'tools/docker.yaml')) ?? inMake(show(tag, 'tools/istio-docker.mk')) ?? [];
    return [minor, new Map(names.filter(name => !leftOut.test(name)).map(name => [name, true]))];
  });
  return sortedRows(rangesOf(tables)).map(({ key, from, to }) => ({
    image: key,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  }));
}

const inYaml = text =>
  text === undefined
    ? undefined
    : parse(text).images.flatMap(({ name, base }) => (base === true ? [] : [name]));

function inMake(text) {
  const targets = /^DOCKER_TARGETS\s*[?:]?=\s*((?:.*\\\n)*.*)$/m.exec(text ?? '')?.[1];
  return targets === undefined
    ? undefined
    : [...targets.matchAll(/\bdocker\.([\w-]+)/g)].map(([, name]) => name);
}
