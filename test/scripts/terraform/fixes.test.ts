import { test } from 'node:test';
import { checkFix } from '../../support/check';

const facts = `
hub: ghcr.io/resf/istio
docker.io/istio/pilot:1.14.1  linux/amd64
docker.io/istio/proxyv2:1.14.1  linux/amd64
ghcr.io/resf/istio/pilot:1.14.1  linux/amd64 linux/arm64
ghcr.io/resf/istio/proxyv2:1.14.1  linux/amd64 linux/arm64`;

/** The fix that switches the hub, in the release of istiod with these lines in it. */
const switched = (name: string, before: string, after: string) =>
  test(`terraform: fix: ${name}`, () => {
    const release = (lines: string) =>
      `resource "helm_release" "istiod" {\n  chart   = "istio/istiod"\n  version = "1.14.1"${lines}\n}\n`;
    return checkFix(`${facts}\n--- main.tf\n${release(before)}`, 'ghcr.io/resf/istio', release(after));
  });

switched(
  'a hub in a block',
  '\n  set {\n    name  = "global.hub"\n    value = "docker.io/istio"\n  }',
  '\n  set {\n    name  = "global.hub"\n    value = "ghcr.io/resf/istio"\n  }',
);
switched(
  'a hub in a list',
  '\n  set = [{ name = "global.hub", value = "docker.io/istio" }]',
  '\n  set = [{ name = "global.hub", value = "ghcr.io/resf/istio" }]',
);
switched(
  'a hub in a here-document',
  '\n  values = [<<-EOT\n    global:\n      hub: docker.io/istio\n  EOT\n  ]',
  '\n  values = [<<-EOT\n    global:\n      hub: ghcr.io/resf/istio\n  EOT\n  ]',
);
switched(
  'a hub in an object',
  '\n  values = [yamlencode({ global = { hub = "docker.io/istio" } })]',
  '\n  values = [yamlencode({ global = { hub = "ghcr.io/resf/istio" } })]',
);
switched(
  'no values yet',
  '',
  '\n\n  values = [\n    yamlencode({ global = { hub = "ghcr.io/resf/istio" } }),\n  ]',
);
switched(
  'another block',
  '\n\n  set {\n    name  = "pilot.cpu"\n    value = 1\n  }',
  '\n\n  set {\n    name  = "pilot.cpu"\n    value = 1\n  }\n\n  set {\n    name  = "global.hub"\n    value = "ghcr.io/resf/istio"\n  }',
);
switched(
  'another item',
  '\n  set = [\n    { name = "a", value = 1 },\n  ]',
  '\n  set = [\n    { name = "a", value = 1 },\n    { name = "global.hub", value = "ghcr.io/resf/istio" },\n  ]',
);
switched(
  'another item on the same line',
  '\n  set = [{ name = "a", value = 1 }]',
  '\n  set = [{ name = "a", value = 1 }, { name = "global.hub", value = "ghcr.io/resf/istio" }]',
);
switched(
  'one more key in an object',
  '\n  values = [\n    yamlencode({\n      pilot = { cpu = 1 }\n    })\n  ]',
  '\n  values = [\n    yamlencode({\n      global = { hub = "ghcr.io/resf/istio" }\n      pilot = { cpu = 1 }\n    })\n  ]',
);
switched(
  'one more key in a map of it',
  '\n  values = [yamlencode({ global = { logAsJson = true } })]',
  '\n  values = [yamlencode({ global = { hub = "ghcr.io/resf/istio", logAsJson = true } })]',
);
switched(
  'one more key in a here-document',
  '\n  values = [<<-EOT\n    global:\n      logAsJson: true\n  EOT\n  ]',
  '\n  values = [<<-EOT\n    global:\n      hub: ghcr.io/resf/istio\n      logAsJson: true\n  EOT\n  ]',
);
switched(
  'one more map in a here-document',
  '\n  values = [<<EOT\nmeshConfig:\n  accessLogFile: /dev/stdout\nEOT\n  ]',
  '\n  values = [<<EOT\nmeshConfig:\n  accessLogFile: /dev/stdout\nglobal:\n  hub: ghcr.io/resf/istio\nEOT\n  ]',
);
switched(
  'values in quotes',
  '\n  values = ["pilot: { cpu: 1 }"]',
  '\n  values = ["pilot: { cpu: 1 }", yamlencode({ global = { hub = "ghcr.io/resf/istio" } })]',
);
switched(
  'behind a file',
  '\n  values = [file("v.yaml")]',
  '\n  values = [file("v.yaml"), yamlencode({ global = { hub = "ghcr.io/resf/istio" } })]',
);
switched(
  'behind a here-document that can not be read',
  '\n  values = [<<EOT\n${var.a}\nEOT\n  ]',
  '\n  values = [<<EOT\n${var.a}\nEOT\n  , yamlencode({ global = { hub = "ghcr.io/resf/istio" } })\n  ]',
);
switched(
  'behind a function',
  '\n  values = [\n    yamlencode(merge({}, {}))\n  ]',
  '\n  values = [\n    yamlencode(merge({}, {})),\n    yamlencode({ global = { hub = "ghcr.io/resf/istio" } })\n  ]',
);

test('terraform: fix: the version where it is written', () =>
  checkFix(
    `
docker.io/istio/pilot:1.14.1  linux/amd64
docker.io/istio/proxyv2:1.14.1  linux/amd64
docker.io/istio/pilot:1.15.7  linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.15.7  linux/amd64 linux/arm64
--- main.tf
locals {
  istio = "1.14.1"
}
resource "helm_release" "istiod" {
  chart   = "istio/istiod"
  version = local.istio
}
`,
    '1.15.7',
    `
locals {
  istio = "1.15.7"
}
resource "helm_release" "istiod" {
  chart   = "istio/istiod"
  version = local.istio
}
`,
  ));

test('terraform: fix: a flag in a command', () =>
  checkFix(
    `${facts}
--- main.tf
resource "null_resource" "istio" {
  provisioner "local-exec" {
    command = "istioctl install -y --set tag=1.14.1"
  }
}
`,
    'ghcr.io/resf/istio',
    `
resource "null_resource" "istio" {
  provisioner "local-exec" {
    command = "istioctl install -y --set tag=1.14.1 --set hub=ghcr.io/resf/istio"
  }
}
`,
  ));

test('terraform: fix: a key in a manifest', () =>
  checkFix(
    `${facts}
--- main.tf
resource "kubernetes_manifest" "istio" {
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    spec = {
      tag = "1.14.1"
    }
  }
}
`,
    'ghcr.io/resf/istio',
    `
resource "kubernetes_manifest" "istio" {
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    spec = {
      hub = "ghcr.io/resf/istio"
      tag = "1.14.1"
    }
  }
}
`,
  ));

test('terraform: fix: line ends of Windows stay', () =>
  checkFix(
    `${facts}\n--- main.tf\nresource "helm_release" "istiod" {\r\n  chart   = "istio/istiod"\r\n  version = "1.14.1"\r\n}\r\n`,
    'ghcr.io/resf/istio',
    'resource "helm_release" "istiod" {\r\n  chart   = "istio/istiod"\r\n  version = "1.14.1"\r\n\r\n  values = [\r\n    yamlencode({ global = { hub = "ghcr.io/resf/istio" } }),\r\n  ]\r\n}\r\n',
  ));

test('terraform: fix: a tag that Terraform takes for a number', () =>
  checkFix(
    `
docker.io/istio/pilot:1.10  linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.10  linux/amd64 linux/arm64
docker.io/istio/pilot:1.1  linux/amd64 linux/arm64
docker.io/istio/proxyv2:1.1  linux/amd64 linux/arm64
--- main.tf
resource "helm_release" "istiod" {
  chart   = "istio/istiod"
  version = "1.24.0"
  values  = [yamlencode({ global = { tag = 1.10 } })]
}
`,
    'in quotes',
    `
resource "helm_release" "istiod" {
  chart   = "istio/istiod"
  version = "1.24.0"
  values  = [yamlencode({ global = { tag = "1.10" } })]
}
`,
  ));
