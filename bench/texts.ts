/** A document as an editor opens it, and where the bench types in it. */
export interface BenchText {
  readonly uri: string;
  readonly languageId: 'yaml' | 'dockerfile' | 'shellscript';
  readonly text: string;
  /** The position at which letters are typed, counted from 0. */
  readonly cursor: { readonly line: number; readonly character: number };
  /** The installs in it that lack a target platform, each of which has to be found. */
  readonly installs: number;
}

/** Release 1.14 was published for linux/amd64 only, so that every such install has findings on linux/arm64. */
const smallInstall = (name: string): readonly string[] => [
  'apiVersion: install.istio.io/v1alpha1',
  'kind: IstioOperator',
  'metadata:',
  `  name: ${name}`,
  'spec:',
  '  profile: minimal',
  '  hub: docker.io/istio',
  '  tag: 1.14.1',
  '  meshConfig:',
  '    accessLogFile: /dev/stdout',
  '',
];

const service = (name: string): readonly string[] => [
  'apiVersion: v1',
  'kind: Service',
  'metadata:',
  `  name: ${name}`,
  'spec:',
  '  selector:',
  `    app: ${name}`,
  '  ports:',
  '    - name: http',
  '      port: 80',
  '      targetPort: 8080',
];

/** One install with gateways of its own, and where in it letters are typed. */
export function largeInstall(lines: number, place: 'value' | 'comment' = 'value'): BenchText {
  const gateway = (index: number): readonly string[] => [
    `      - name: ingress-${index}`,
    '        enabled: true',
    '        label:',
    `          istio: ingress-${index}`,
    '        k8s:',
    '          resources:',
    '            requests:',
    '              cpu: 100m',
    '              memory: 128Mi',
    '          service:',
    '            type: LoadBalancer',
    '            ports:',
    '              - name: https',
    '                port: 443',
    '                targetPort: 8443',
  ];
  const head = [
    ...smallInstall('large').slice(0, -1),
    '    enableTracing: true',
    '  values:',
    '    global:',
    '      imagePullPolicy: IfNotPresent',
    '  components:',
    '    cni:',
    '      enabled: true',
    '    ingressGateways:',
    '      # the ways into the shop',
  ];
  const body = Array.from({ length: Math.ceil(lines / 15) }, (_, index) => gateway(index)).flat();
  return yamlText(
    'large-install',
    [...head, ...body].slice(0, lines),
    place === 'value' ? 'stdout' : 'shop',
    1,
  );
}

/** Documents between `---` lines; those for which `isInstall` holds are installs, the others services. */
export function manyDocuments(
  name: string,
  { count, lines, isInstall }: { count: number; lines: number; isInstall: (index: number) => boolean },
): BenchText {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const documents = indexes.map(index => {
    const content = isInstall(index) ? smallInstall(`mesh-${index}`) : service(`service-${index}`);
    const share = Math.floor((lines * (index + 1)) / count) - Math.floor((lines * index) / count);
    const padding = Array.from({ length: share - content.length - 1 }, (_, line) => `# note ${line}`);
    return ['---', ...content, ...padding];
  });
  return yamlText(name, documents.flat(), 'stdout|port: 80', indexes.filter(isInstall).length);
}

/** A step of a script, as a function and a call of it. */
const step = (index: number): readonly string[] => [
  `# step ${index}`,
  `step_${index}() {`,
  `  local name="service-${index}" image="registry.example.com/team/app-${index}:1.\${BUILD:-0}"`,
  '  if [[ -z "${NAMESPACE:-}" ]]; then',
  `    NAMESPACE="apps-${index}"`,
  '  fi',
  '  for zone in a b c; do',
  '    kubectl --context "${CLUSTER}-${zone}" -n "$NAMESPACE" apply -f "manifests/${name}.yaml"',
  '    kubectl -n "$NAMESPACE" rollout status "deploy/${name}" --timeout=120s || return 1',
  '  done',
  '  COUNT=$((COUNT + 1))',
  `  echo "step ${index} is done: $name $image" >> "$LOG"`,
  '}',
  `step_${index} "$@" | tee -a "$LOG"`,
  '',
];

/** A script of functions that are called; `isInstall`: it installs Istio, by a version that a variable tells. */
export function script(name: string, lines: number, isInstall: boolean): BenchText {
  const head = ['#!/usr/bin/env bash', 'set -euo pipefail', 'GREETING=hello'];
  const download = [
    'ISTIO_VERSION=1.14.1',
    'HUB=docker.io/istio',
    'curl -L https://istio.io/downloadIstio | ISTIO_VERSION=$ISTIO_VERSION sh -',
    'cd istio-$ISTIO_VERSION',
  ];
  const install = ['./bin/istioctl install --set hub=$HUB --set profile=minimal -y'];
  const steps = Array.from({ length: Math.floor(lines / 15) }, (_, index) => step(index)).flat();
  const text = [...head, ...(isInstall ? download : []), ...steps, ...(isInstall ? install : [])];
  return {
    uri: `file:///bench/${name}.sh`,
    languageId: 'shellscript',
    text: `${text.join('\n')}\n`,
    cursor: { line: 2, character: 'GREETING=hello'.length },
    installs: isInstall ? 1 : 0,
  };
}

/** A Dockerfile with one stage in twenty lines. */
export function dockerfile(lines: number): BenchText {
  const text = Array.from({ length: lines }, (_, line) => {
    if (line % 20 === 0) return `FROM debian:bookworm AS stage${line / 20}`;
    if (line % 20 === 1) return `WORKDIR /srv/app${line}`;
    if (line % 5 === 2) return `COPY files/${line}.txt /srv/${line}.txt`;
    return line % 2 === 0 ? `RUN echo step ${line} && true` : `ENV NAME_${line}=value`;
  });
  const line = text.findIndex((content, index) => index >= lines / 2 && content.startsWith('ENV'));
  const cursor = { line, character: text[line]?.length ?? 0 };
  return {
    uri: 'file:///bench/Dockerfile',
    languageId: 'dockerfile',
    text: text.join('\n'),
    cursor,
    installs: 0,
  };
}

/** The cursor stands at the end of the line in or after the middle that ends with one of `endings` (split by `|`). */
function yamlText(name: string, lines: readonly string[], endings: string, installs: number): BenchText {
  const isPlace = (content: string) => endings.split('|').some(ending => content.endsWith(ending));
  const middle = Math.floor(lines.length / 2);
  const after = lines.findIndex((content, index) => index >= middle && isPlace(content));
  const line = after === -1 ? lines.findIndex(isPlace) : after;
  const cursor = { line, character: lines[line]?.length ?? 0 };
  const text = `${lines.join('\n')}\n`;
  return { uri: `file:///bench/${name}.yaml`, languageId: 'yaml', text, cursor, installs };
}
