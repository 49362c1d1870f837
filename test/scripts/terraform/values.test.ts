import { test } from 'node:test';
import { check, checkPlan } from '../../support/check';

const head = `resource "helm_release" "istiod" {
  name       = "istiod"
  repository = "https://istio-release.storage.googleapis.com/charts"
  chart      = "istiod"
  version    = "1.24.0"`;

test('terraform: values in a here-document', () =>
  check(`
--- main.tf
${head}
  values = [
    <<-EOT
    global:
      tag: 1.14.1
#          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
    meshConfig:
      accessLogFile: /dev/stdout
    EOT
  ]
}
`));

test('terraform: values with the indentation as it is', () =>
  check(`
--- main.tf
${head}
  values = [<<EOF
global:
  tag: "\${var.tag}"
#         ^^^^^^^ could-not-check: the tag \${var.tag} is not known
EOF
  ]
}
`));

test('terraform: values as an object', () =>
  check(`
--- main.tf
${head}
  values = [
    yamlencode({
      global = {
        hub = "docker.io/istio"
        tag = "1.14.1"
#              ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
      }
      pilot = { autoscaleEnabled = true, replicaCount = 2 }
    })
  ]
}
`));

test('terraform: an object in a local', () =>
  check(`
--- main.tf
locals {
  common = {
    global = { tag = "1.14.1" }
#                     ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
  }
}
${head}
  values = [yamlencode(merge(local.common, { pilot = { cpu = var.cpu } }))]
}
`));

test('terraform: JSON is YAML', () =>
  check(`
--- main.tf
${head}
  values = [jsonencode({ "global" : { "tag" : "1.14.1" } })]
#                                              ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
}
`));

test('terraform: later values win, and settings over values', () =>
  checkPlan(
    `
--- main.tf
${head}
  values = [
    yamlencode({ global = { hub = "a.io/x", tag = "1" } }),
    "global: { tag: 2 }",
  ]
  set {
    name  = "global.hub"
    value = "b.io/x"
  }
}
`,
    ['Deployment/istiod b.io/x/pilot:2', 'Pod/* b.io/x/proxyv2:2'],
  ));

test('terraform: values in a file beside it', () =>
  check(`
--- infra/istio.tf
${head}
  values = [file("\${path.module}/values/istiod.yaml")]
}
--- infra/values/istiod.yaml
global:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('terraform: a file in quotes, as people wrote it before 0.12', () =>
  check(`
--- main.tf
${head}
  values = [
    "\${file("istiod.yaml")}",
  ]
}
--- istiod.yaml
global:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('terraform: a template that is filled in', () =>
  check(`
--- main.tf
${head}
  values = [
    templatefile("\${path.module}/istiod.yaml.tftpl", {
      tag = "1.14.1"
#            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
      hub = "docker.io/istio"
    })
  ]
}
--- istiod.yaml.tftpl
global:
  hub: \${hub}
  tag: \${tag}
`));

test('terraform: a template that writes the tag itself', () =>
  check(`
--- main.tf
${head}
  values = [templatefile("istiod.yaml.tftpl", { level = "info" })]
}
--- istiod.yaml.tftpl
global:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
  logging: { level: "default:\${level}" }
`));

test('terraform: a file that is not there', () =>
  check(`
--- main.tf
${head}
  values = [file("missing.yaml")]
#                 ^^^^^^^^^^^^ could-not-check: missing.yaml can't be read
}
`));

test('terraform: values from outside', () =>
  check(`
--- main.tf
${head}
  values = [var.istiod_values]
#           ^^^^^^^^^^^^^^^^^ could-not-check: it is given to Terraform from outside
}
`));

test('terraform: a map from outside may hold a hub', () =>
  check(`
--- main.tf
${head}
  values = [yamlencode({ global = var.global })]
#                                 ^^^^^^^^^^ could-not-check: a hub or a tag may come from here
}
`));

test('terraform: a template with directives is not followed', () =>
  check(`
--- main.tf
${head}
  values = [templatefile("a.tftpl", {})]
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ could-not-check: a directive
}
--- a.tftpl
global:
%{ if true }
  tag: 1.14.1
%{ endif }
`));
