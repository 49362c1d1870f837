import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, definitionsOf, explained, linksOf } from '../../support/check';

const release = (version: string) => `resource "helm_release" "istiod" {
  name       = "istiod"
  repository = "https://istio-release.storage.googleapis.com/charts"
  chart      = "istiod"
  version    = ${version}`;

test('terraform: the default of a variable', () =>
  check(`
--- main.tf
variable "istio_version" {
  type    = string
  default = "1.14.1"
#            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
}
${release('var.istio_version')}
}
`));

test('terraform: variables in the file that people keep them in', () =>
  check(`
--- istio.tf
${release('var.istio.chart_version')}
}
--- variables.tf
variable "istio" {
  type = object({ chart_version = string })
  default = {
    chart_version = "1.14.1"
#                    ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
  }
}
`));

test('terraform: what terraform.tfvars says counts more than a default', () =>
  check(`
--- main.tf
variable "istio_version" {
  default = "1.20.3"
}
${release('var.istio_version')}
}
--- terraform.tfvars
istio_version = "1.14.1"
#                ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('terraform: locals in a file of their own', () =>
  check(`
--- istio.tf
${release('local.istio_version')}
}
--- locals.tf
locals {
  istio_version = "1.14.1"
#                  ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
}
`));

test('terraform: the version of another release', () =>
  check(`
--- main.tf
resource "helm_release" "istio_base" {
  chart   = "istio/base"
  version = "1.14.1"
#            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
}
resource "helm_release" "istiod" {
  name       = "istiod"
  repository = helm_release.istio_base.repository
  chart      = "istio/istiod"
  version    = helm_release.istio_base.version
}
`));

test('terraform: a hub put together', () =>
  check(`
example.com/istio/pilot:1.24.0  linux/amd64
example.com/istio/proxyv2:1.24.0  linux/amd64
--- main.tf
locals {
  registry = "example.com"
}
${release('"1.24.0"')}
#               ^^^^^^ platform-unsupported: example.com/istio/pilot:1.24.0
  set {
    name  = "global.hub"
    value = "\${local.registry}/istio"
  }
}
`));

test('terraform: a version that is not told', () =>
  check(`
--- main.tf
variable "istio_version" {}
${release('var.istio_version')}
#              ^^^^^^^^^^^^^^^^^ could-not-check: it is given to Terraform from outside
}
`));

test('terraform: a version from elsewhere', () =>
  check(`
--- main.tf
${release('module.versions.istio')}
#              ^^^^^^^^^^^^^^^^^^^^^ could-not-check: it is known once Terraform has run
}
`));

test('terraform: from a variable to where it gets its value', () =>
  assert.deepEqual(
    definitionsOf(`
--- main.tf
locals {
  istio = "1.14.1"
}
${release('local.is@@tio')}
}
`),
    ['main.tf:2 1.14.1'],
  ));

test('terraform: from a name to the file of values', () =>
  assert.deepEqual(
    linksOf(`
--- infra/main.tf
${release('"1.24.0"')}
  values = [file("\${path.module}/istiod.yaml")]
}
--- infra/istiod.yaml
pilot: {}
`),
    ['infra/main.tf:6 ${path.module}/istiod.yaml -> infra/istiod.yaml'],
  ));

test('terraform: hovering the resource shows what it pulls', () =>
  assert.deepEqual(
    explained(`
--- main.tf
${release('"1.24.0"').replace('helm_release', 'helm_@@release')}
}
`),
    ['main.tf:1 helm_release', 'docker.io/istio/pilot:1.24.0', 'docker.io/istio/proxyv2:1.24.0'],
  ));

test('terraform: hovering a version shows what it decides', () =>
  assert.deepEqual(
    explained(`
--- main.tf
${release('"1.2@@4.0"')}
}
`),
    ['main.tf:5 1.24.0', 'docker.io/istio/pilot:1.24.0', 'docker.io/istio/proxyv2:1.24.0'],
  ));

test('terraform: a loop over a map of charts', () =>
  check(`
--- main.tf
locals {
  charts = {
    base   = { version = "1.14.1" }
    istiod = { version = "1.14.1" }
#                         ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
    cni    = { version = "1.13.0" }
  }
  wanted = { for name, chart in local.charts : name => chart if name != "cni" }
}
resource "helm_release" "istio" {
  for_each   = local.wanted
  name       = "istio-\${each.key}"
  repository = "https://istio-release.storage.googleapis.com/charts"
  chart      = each.key
  version    = each.value.version
}
`));
