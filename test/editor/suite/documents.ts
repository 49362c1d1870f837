import type { Severity } from '../../../server/src/core/finding';

/** A document as a person may have it, and what the editor shows of it. */
export interface Row {
  readonly severity: Severity;
  /** A fixture of one file: under the text, what is found there. */
  readonly document: string;
  /** The text is greyed, because it has no effect. */
  readonly greyed?: true;
  /** The text that the finding leads on to. */
  readonly leadsTo?: string;
  /** The finding comes after the images behind the indexes were read. */
  readonly verified?: true;
  /** A part of the quick fix's title, and the text that it changes, from and to. Absent where no fix is promised. */
  readonly fix?: { readonly title: string; readonly change: readonly [string, string] };
}

/** What the registries have, for all documents; as in the pages of the rules. */
export const registries = `
docker.io/istio/pilot:1.14.1                 linux/amd64
docker.io/istio/proxyv2:1.14.1               linux/amd64
ghcr.io/resf/istio/pilot:1.14.1              linux/amd64 linux/arm64
ghcr.io/resf/istio/proxyv2:1.14.1            linux/amd64 linux/arm64
ghcr.io/resf/istio/pilot:1.12.1              linux/amd64 linux/arm64
ghcr.io/resf/istio/proxyv2:1.12.1            linux/amd64 linux/arm64
docker.io/istio/pilot:1.15.7                 linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.15.7               linux/amd64 linux/arm64
docker.io/istio/pilot:1.20.0                 linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.20.0               linux/amd64 linux/arm64
docker.io/istio/pilot:1.20.8                 linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.20.8               linux/amd64 linux/arm64
docker.io/istio/pilot:1.22.0                 linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.22.0               linux/amd64 linux/arm64
docker.io/istio/pilot:1.22.0-distroless      linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.22.0-distroless    linux/amd64 linux/arm64
docker.io/istio/pilot:1.24.2                 linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.24.2               linux/amd64 linux/arm64
gcr.io/istio-release/pilot:1.20.0            linux/amd64 linux/arm64
gcr.io/istio-release/proxyv2:1.20.0          linux/amd64 linux/arm64
docker.io/querycapistio/pilot:1.10.2         linux/amd64 linux/arm64
docker.io/querycapistio/proxyv2:1.10.2       linux/amd64 linux/arm64
docker.io/querycapistio/install-cni:1.10.2   absent-repository there is no such repository
docker.io/istio/install-cni:1.10.2           linux/amd64 linux/arm64
mirror.example.com/istio/pilot:1.1           linux/amd64 linux/arm64
mirror.example.com/istio/proxyv2:1.1         linux/amd64 linux/arm64
mirror.example.com/istio/pilot:1.10          linux/amd64 linux/arm64
mirror.example.com/istio/proxyv2:1.10        linux/amd64 linux/arm64
mirror.example.com/istio/pilot:1.20.0        linux/amd64 linux/arm64
mirror.example.com/istio/proxyv2:1.20.0      linux/amd64 linux/arm64
mirror.example.com/mixed-up/pilot:1.24.2     linux/amd64 linux/arm64=linux/amd64
mirror.example.com/mixed-up/proxyv2:1.24.2   linux/amd64 linux/arm64
mirror.example.com/cleaned-up/pilot:1.24.2   linux/amd64 linux/arm64=missing
mirror.example.com/cleaned-up/proxyv2:1.24.2 linux/amd64 linux/arm64
`;

/** A document for each rule, by the rule's code. */
export const rules: Readonly<Record<string, Row>> = {
  'platform-unsupported': {
    severity: 'error',
    document: `--- istio.yaml
kind: IstioOperator
spec:
  hub: docker.io/istio
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: exist for linux/amd64 only, not for linux/arm64
`,
    fix: {
      title: 'Switch the hub to ghcr.io/resf/istio',
      change: ['docker.io/istio', 'ghcr.io/resf/istio'],
    },
  },
  'image-not-found': {
    severity: 'error',
    document: `--- install.sh
istioctl install --set tag=1.20.99
#                          ^^^^^^^ image-not-found: do not exist
`,
    fix: { title: 'tag 1.20.8', change: ['1.20.99', '1.20.8'] },
  },
  'image-invalid': {
    severity: 'error',
    document: `--- istio.yaml
kind: IstioOperator
spec:
  hub: https://docker.io/istio
#      ^^^^^^^^^^^^^^^^^^^^^^^ image-invalid: not valid image names
  tag: 1.20.0
`,
  },
  'could-not-check': {
    severity: 'hint',
    document: `--- istio.yaml
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
#     ^^^^^^^^^^^^^ could-not-check: version
spec:
  profile: minimal
`,
  },
  'conflicting-version': {
    severity: 'information',
    document: `--- install.sh
curl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.22.0 sh -
cd istio-1.20.0
#        ^^^^^^ conflicting-version: 1.20.0 is taken, as written here, but elsewhere it is 1.22.0
bin/istioctl install -y
`,
    leadsTo: '1.22.0',
  },
  'hub-retired': {
    severity: 'warning',
    document: `--- istio.yaml
kind: IstioOperator
spec:
  hub: gcr.io/istio-release # for now
#      ^^^^^^^^^^^^^^^^^^^^ hub-retired: goes away in December 2026
  tag: 1.20.0
`,
    fix: {
      title: 'Switch the hub to docker.io/istio',
      change: ['gcr.io/istio-release', 'docker.io/istio'],
    },
  },
  'override-ignored': {
    severity: 'hint',
    document: `--- istio.yaml
kind: IstioOperator
spec:
  hub: mirror.example.com/istio
#      ^^^^^^^^^^^^^^^^^^^^^^^^ override-ignored: Instead values.global.hub, docker.io/istio, is used.
  tag: 1.20.0
  values:
    global:
      hub: docker.io/istio
`,
    greyed: true,
    leadsTo: 'docker.io/istio',
    fix: {
      title: 'Write mirror.example.com/istio in values.global.hub, where it counts',
      change: ['docker.io/istio', 'mirror.example.com/istio'],
    },
  },
  'tag-retyped': {
    severity: 'warning',
    document: `--- istio.yaml
kind: IstioOperator
spec:
  profile: minimal
  hub: mirror.example.com/istio
  tag: 1.10   # ours
#      ^^^^ tag-retyped: The tag 1.10 is read as 1.1
`,
    fix: { title: 'Write "1.10" in quotes', change: ['tag: 1.10', 'tag: "1.10"'] },
  },
  'variant-doubled': {
    severity: 'warning',
    document: `--- istio.yaml
kind: IstioOperator
spec:
  tag: 1.22.0-distroless
#      ^^^^^^^^^^^^^^^^^ variant-doubled: The tag becomes 1.22.0-distroless-distroless
#      ^^^^^^^^^^^^^^^^^ image-not-found: 1.22.0-distroless-distroless
  values:
    global:
      variant: distroless
`,
    fix: { title: 'Write the tag as 1.22.0', change: ['1.22.0-distroless', '1.22.0'] },
  },
  'variant-unpublished': {
    severity: 'warning',
    document: `--- istio.yaml
kind: IstioOperator
spec:
  hub: ghcr.io/resf/istio
  tag: 1.14.1-debug
#      ^^^^^^^^^^^^ variant-unpublished: ghcr.io/resf/istio has the plain tag and the variant distroless
#      ^^^^^^^^^^^^ image-not-found: do not exist
`,
    fix: { title: 'Write the tag as 1.14.1', change: ['1.14.1-debug', '1.14.1'] },
  },
  'command-removed': {
    severity: 'error',
    document: `--- show.sh
ISTIO_VERSION=1.26.0
istioctl profile dump demo
#        ^^^^^^^^^^^^ command-removed: Version 1.26.0 has no "istioctl profile dump"
`,
  },
  'component-missing-at-hub': {
    severity: 'warning',
    document: `--- istio.yaml
kind: IstioOperator
spec:
  profile: minimal
  components:
    cni:
      enabled: true
  hub: docker.io/querycapistio
#      ^^^^^^^^^^^^^^^^^^^^^^^ component-missing-at-hub: has no image install-cni, which this install needs
#      ^^^^^^^^^^^^^^^^^^^^^^^ image-not-found: docker.io/querycapistio/install-cni:1.10.2 does not exist
  tag: 1.10.2
`,
    fix: {
      title: 'Take install-cni from docker.io/istio',
      change: ['    cni:\n', '    cni:\n      hub: docker.io/istio\n'],
    },
  },
  'scheduling-excludes-platform': {
    severity: 'warning',
    document: `--- istio.yaml
kind: IstioOperator
spec:
  hub: ghcr.io/resf/istio
  tag: 1.12.1
#      ^^^^^^ scheduling-excludes-platform: will stay pending where all nodes are linux/arm64
`,
    fix: {
      title: 'Let the pods run on arm64 nodes too',
      change: ['spec:\n', 'spec:\n  values:\n    global:\n      arch:\n        arm64: "2"\n'],
    },
  },
  'index-contradicts-image': {
    severity: 'error',
    document: `--- istio.yaml
kind: IstioOperator
spec:
  profile: minimal
  hub: mirror.example.com/mixed-up
  tag: 1.24.2
#      ^^^^^^ index-contradicts-image: says linux/arm64, but the image behind that is linux/amd64
`,
    verified: true,
    fix: {
      title: 'Switch the hub to docker.io/istio',
      change: ['mirror.example.com/mixed-up', 'docker.io/istio'],
    },
  },
  'child-missing': {
    severity: 'error',
    document: `--- istio.yaml
kind: IstioOperator
spec:
  profile: minimal
  hub: mirror.example.com/cleaned-up
  tag: 1.24.2
#      ^^^^^^ child-missing: lists linux/arm64, but the registry does not have that image
`,
    verified: true,
    fix: {
      title: 'Switch the hub to docker.io/istio',
      change: ['mirror.example.com/cleaned-up', 'docker.io/istio'],
    },
  },
};

const old = 'platform-unsupported: exist for linux/amd64 only, not for linux/arm64';

/** An install of Istio 1.14.1 in each of the other ways that people install it. */
export const ways: Readonly<Record<string, Row>> = {
  'helm upgrade': {
    severity: 'error',
    document: `--- install.sh
helm upgrade --install istiod istio/istiod --namespace istio-system --version 1.14.1
#                                                                             ^^^^^^ ${old}
`,
  },
  'a chart’s values': {
    severity: 'error',
    document: `--- values.yaml
global:
  hub: docker.io/istio
  tag: 1.14.1
#      ^^^^^^ ${old}
pilot:
  enabled: true
`,
  },
  'the Sail operator': {
    severity: 'error',
    document: `--- istio.yaml
apiVersion: sailoperator.io/v1
kind: Istio
metadata: { name: default }
spec:
  version: v1.24.2
  namespace: istio-system
  values:
    global:
      tag: 1.14.1
#          ^^^^^^ ${old}
`,
  },
  'Argo CD': {
    severity: 'error',
    document: `--- istiod.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: istiod }
spec:
  source:
    repoURL: https://istio-release.storage.googleapis.com/charts
    chart: istiod
    targetRevision: 1.14.1
#                   ^^^^^^ ${old}
`,
  },
  Flux: {
    severity: 'error',
    document: `--- istiod.yaml
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: istio }
spec:
  url: https://istio-release.storage.googleapis.com/charts
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: istiod }
spec:
  chart:
    spec:
      chart: istiod
      version: 1.14.1
#              ^^^^^^ ${old}
      sourceRef: { kind: HelmRepository, name: istio }
`,
  },
  Terraform: {
    severity: 'error',
    document: `--- main.tf
resource "helm_release" "istiod" {
  name       = "istiod"
  repository = "https://istio-release.storage.googleapis.com/charts"
  chart      = "istiod"
  version    = "1.14.1"
#               ^^^^^^ ${old}
}
`,
  },
  OpenTofu: {
    severity: 'error',
    document: `--- main.tofu
resource "helm_release" "istiod" {
  name       = "istiod"
  repository = "https://istio-release.storage.googleapis.com/charts"
  chart      = "istiod"
  version    = "1.14.1"
#               ^^^^^^ ${old}
}
`,
  },
};
