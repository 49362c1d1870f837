import { test } from 'node:test';
import { check, checkPlan } from '../../support/check';

/** A file in which nothing is found, and nothing is taken for an install. */
const nothing = (name: string, text: string) =>
  test(`terraform: no install: ${name}`, async () => {
    await check(`\n--- main.tf\n${text}\n`);
    checkPlan(`\n--- main.tf\n${text}\n`, []);
  });

nothing(
  'a chart without images',
  `resource "helm_release" "istio_base" {
  name       = "istio-base"
  repository = "https://istio-release.storage.googleapis.com/charts"
  chart      = "base"
  version    = "1.14.1"
}`,
);
nothing(
  'a chart of others',
  `resource "helm_release" "kiali" {
  name       = "istiod"
  repository = "https://kiali.org/helm-charts"
  chart      = "kiali-server"
  version    = "1.14.1"
  set {
    name  = "global.hub"
    value = "docker.io/istio"
  }
}`,
);
nothing(
  'a chart of that name from elsewhere',
  `resource "helm_release" "api" {
  name       = "istio-gateway"
  repository = "https://charts.example.com"
  chart      = "gateway"
  version    = "1.14.1"
}`,
);
nothing(
  'a module',
  `module "istio" {
  source        = "git::https://example.com/istio.git?ref=v1"
  istio_version = "1.14.1"
  helm_release  = { chart = "istiod", version = "1.14.1" }
}`,
);
nothing(
  'a comment',
  `/*
resource "helm_release" "istiod" {
  chart   = "istio/istiod"
  version = "1.14.1"
}
*/
# resource "helm_release" "istiod" { chart = "istio/istiod" }
// provisioner "local-exec" { command = "istioctl install --set tag=1.14.1" }`,
);
nothing(
  'what runs when all is taken away',
  `resource "null_resource" "istio" {
  provisioner "local-exec" {
    when    = destroy
    command = "istioctl install --set tag=1.14.1"
  }
}`,
);
nothing(
  'what another program reads',
  `resource "null_resource" "istio" {
  provisioner "local-exec" {
    interpreter = ["python3", "-c"]
    command     = "istioctl install --set tag=1.14.1"
  }
}`,
);
nothing(
  'none of it',
  `resource "helm_release" "istiod" {
  count   = 0
  chart   = "istio/istiod"
  version = "1.14.1"
}`,
);
nothing(
  'a text that only speaks of it',
  `output "hint" {
  value = "run istioctl install --set tag=1.14.1"
}
locals {
  doc = <<-EOT
    resource "helm_release" "istiod" {
      chart   = "istio/istiod"
      version = "1.14.1"
    }
  EOT
}`,
);
nothing(
  'other resources of the mesh',
  `resource "kubernetes_manifest" "mtls" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = "default", namespace = "istio-system" }
    spec       = { mtls = { mode = "STRICT" } }
  }
}
resource "kubernetes_namespace" "istio" {
  metadata {
    name = "istio-system"
  }
}`,
);
nothing(
  'commands that install nothing',
  `resource "null_resource" "wait" {
  provisioner "local-exec" {
    command = "istioctl version && kubectl rollout status deployment/istiod -n istio-system"
  }
}`,
);
nothing(
  'a chart that is not known',
  `resource "helm_release" "istio" {
  for_each = var.istio_charts
  chart    = each.value.chart
  version  = "1.14.1"
}`,
);

test('terraform: a newer chart has nothing wrong', () =>
  check(`
--- main.tf
resource "helm_release" "istiod" {
  name       = "istiod"
  repository = "https://istio-release.storage.googleapis.com/charts"
  chart      = "istiod"
  version    = "1.24.2"
  values     = [yamlencode({ meshConfig = { accessLogFile = "/dev/stdout" } })]
}
`));
