import { test } from 'node:test';
import { check } from '../../support/check';

test('terraform: the version of the chart', () =>
  check(`
--- istio.tf
resource "helm_release" "istio_base" {
  name       = "istio-base"
  repository = "https://istio-release.storage.googleapis.com/charts"
  chart      = "base"
  version    = "1.14.1"
}

resource "helm_release" "istiod" {
  name             = "istiod"
  repository       = "https://istio-release.storage.googleapis.com/charts"
  chart            = "istiod"
  namespace        = "istio-system"
  create_namespace = true
  version          = "1.14.1"
#                     ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
  depends_on       = [helm_release.istio_base]
}
`));

test('terraform: a tag in a block', () =>
  check(`
--- main.tf
resource "helm_release" "istiod" {
  name       = "my-istiod-release"
  repository = "https://istio-release.storage.googleapis.com/charts"
  chart      = "istiod"
  version    = "1.18.2"

  set {
    name  = "global.istioNamespace"
    value = "istio-system"
  }

  set {
    name  = "global.tag"
    value = "1.14.1"
#            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
  }
}
`));

test('terraform: a tag in a list, as from version 3 of the provider', () =>
  check(`
--- main.tofu
resource "helm_release" "istiod" {
  name       = "istiod"
  repository = "https://istio-release.storage.googleapis.com/charts"
  chart      = "istiod"
  version    = "1.26.2"
  set = [
    { name = "meshConfig.accessLogFile", value = "/dev/stdout" },
    {
      name  = "global.tag"
      value = "1.13.0"
#              ^^^^^^ platform-unsupported: docker.io/istio/proxyv2:1.13.0
    },
  ]
}
`));

test('terraform: the network plugin and the tunnel', () =>
  check(`
--- ambient.tf
resource "helm_release" "istio_cni" {
  name       = "istio-cni"
  repository = "https://istio-release.storage.googleapis.com/charts"
  chart      = "cni"
  version    = "1.14.1"
#               ^^^^^^ platform-unsupported: docker.io/istio/install-cni:1.14.1
}

resource "helm_release" "ztunnel" {
  name       = "ztunnel"
  repository = "https://istio-release.storage.googleapis.com/charts"
  chart      = "ztunnel"
  version    = "1.26.1"
}
`));

test('terraform: a chart with its whole address', () =>
  check(`
--- main.tf
resource "helm_release" "istiod" {
  name    = "istiod"
  chart   = "oci://gcr.io/istio-release/charts/istiod"
  version = "1.14.1"
#            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
}
`));

test('terraform: a repository in a registry', () =>
  check(`
--- main.tf
resource "helm_release" "istiod" {
  name       = "istiod"
  repository = "oci://registry.example.com/charts"
  chart      = "istiod"
  version    = "1.14.1"
#               ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
}
`));

test('terraform: without a version it is not known', () =>
  check(`
--- main.tf
resource "helm_release" "istiod" {
#         ^^^^^^^^^^^^ could-not-check: without a version it is the newest one of the day
  name       = "istiod"
  repository = "https://istio-release.storage.googleapis.com/charts"
  chart      = "istiod"
}
`));

test('terraform: a range is not known', () =>
  check(`
--- main.tf
resource "helm_release" "istiod" {
  repository = "https://istio-release.storage.googleapis.com/charts"
  name       = "istiod"
  chart      = "istiod"
  version    = "~> 1.20"
#               ^^^^^^^ could-not-check: stands for the newest release
}
`));

test('terraform: each of the charts in a map', () =>
  check(`
--- main.tf
resource "helm_release" "istio" {
  for_each   = {
    istiod = "1.14.1"
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
    cni    = "1.20.3"
    redis  = "7.0.0"
  }
  name       = each.key
  repository = "https://istio-release.storage.googleapis.com/charts"
  chart      = each.key
  version    = each.value
}
`));

test('terraform: each of the charts in a set', () =>
  check(`
--- main.tf
resource "helm_release" "istio" {
  for_each   = toset(["base", "istiod"])
  name       = "istio-\${each.key}"
  repository = "https://istio-release.storage.googleapis.com/charts"
  chart      = each.key
  version    = "1.14.1"
#               ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
}
`));

test('terraform: one or none, as a switch says', () =>
  check(`
--- main.tf
resource "helm_release" "istiod" {
  count      = var.enable_istio ? 1 : 0
  name       = "istiod"
  repository = "https://istio-release.storage.googleapis.com/charts"
  chart      = "istiod"
  version    = "1.14.1"
#               ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
}
`));

test('terraform: line ends of Windows and a byte order mark', () =>
  check(
    `
--- main.tf
\uFEFFresource "helm_release" "istiod" {\r
  name       = "istiod"\r
  repository = "https://istio-release.storage.googleapis.com/charts"\r
  chart      = "istiod"\r
  version    = "1.14.1" # old\r
#               ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
}\r
`,
  ));

test('terraform: while a setting is typed', () =>
  check(`
--- main.tf
resource "helm_release" "istiod" {
  name       = "istiod"
  repository = "https://istio-release.storage.googleapis.com/charts"
  chart      = "istiod"
  version    = "1.14.1"
#               ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
  set {
    name =
  }
  timeout =

resource "helm_release" "redis" {
  chart = "redis"
}
`));

test('terraform: a chart that is only printed', () =>
  check(`
--- main.tf
data "helm_template" "istiod" {
  name       = "istiod"
  repository = "https://istio-release.storage.googleapis.com/charts"
  chart      = "istiod"
  version    = "1.14.1"
#               ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
}
`));
