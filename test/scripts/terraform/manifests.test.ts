import { test } from 'node:test';
import { check } from '../../support/check';

test('terraform: a manifest in a here-document', () =>
  check(`
--- main.tf
resource "kubectl_manifest" "istio" {
  depends_on = [helm_release.istio_operator]
  yaml_body = <<YAML
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata:
  name: default
spec:
  profile: default
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
YAML
}
`));

test('terraform: a manifest as an object', () =>
  check(`
--- main.tf
resource "kubernetes_manifest" "istio" {
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    metadata   = { name = "default", namespace = "istio-system" }
    spec = {
      tag = "1.14.1"
#            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
    }
  }
}
`));

test('terraform: a manifest that is decoded', () =>
  check(`
--- main.tf
resource "kubernetes_manifest" "istio" {
  manifest = yamldecode(<<-EOT
    apiVersion: install.istio.io/v1alpha1
    kind: IstioOperator
    spec:
      tag: 1.14.1
#          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
  EOT
  )
}
`));

test('terraform: a manifest that is encoded', () =>
  check(`
--- main.tf
resource "kubectl_manifest" "istio" {
  yaml_body = yamlencode({
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    spec       = { tag = "1.14.1" }
#                         ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
  })
}
`));

test("terraform: the operator's own resource", () =>
  check(`
--- main.tf
resource "kubernetes_manifest" "istio" {
  manifest = {
    apiVersion = "sailoperator.io/v1"
    kind       = "Istio"
    metadata   = { name = "default" }
    spec = {
      version   = "v1.24.2"
      namespace = "istio-system"
      values = {
        global = { tag = "1.14.1" }
#                         ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
      }
    }
  }
}
`));

test('terraform: a manifest for each cluster', () =>
  check(`
--- main.tf
resource "kubectl_manifest" "istio" {
  for_each  = toset(["a", "b"])
  yaml_body = <<-YAML
    apiVersion: install.istio.io/v1alpha1
    kind: IstioOperator
    metadata:
      name: \${each.key}
    spec:
      tag: 1.14.1
#          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
  YAML
}
`));

test('terraform: a manifest that is written into a file', () =>
  check(`
--- main.tf
resource "local_file" "iop" {
  filename = "\${path.module}/iop.yaml"
  content  = <<-EOT
    apiVersion: install.istio.io/v1alpha1
    kind: IstioOperator
    spec:
      tag: 1.14.1
#          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
  EOT
}
`));
