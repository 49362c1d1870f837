import { test } from 'node:test';
import { check } from '../../support/check';

test('terraform: a command on this machine', () =>
  check(`
--- main.tf
resource "null_resource" "istio" {
  provisioner "local-exec" {
    command = "istioctl install -y --set tag=1.14.1"
#                                            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
  }
}
`));

test('terraform: a script in a here-document', () =>
  check(`
--- main.tf
resource "terraform_data" "istio" {
  triggers_replace = [var.cluster]
  provisioner "local-exec" {
    interpreter = ["/bin/bash", "-c"]
    command     = <<-EOT
      set -e
      curl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.14.1 sh -
#                                                            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
      istioctl install -y --context \${var.cluster}
    EOT
  }
}
`));

test('terraform: a variable of Terraform in a command', () =>
  check(`
--- main.tf
variable "tag" {
  default = "1.14.1"
#            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
}
resource "null_resource" "istio" {
  provisioner "local-exec" {
    command = "istioctl install -y --set tag=\${var.tag}"
  }
}
`));

test('terraform: the environment of a command', () =>
  check(`
--- main.tf
resource "null_resource" "istio" {
  provisioner "local-exec" {
    command     = "istioctl install -y --set tag=$TAG --set hub=$\${HUB}"
    environment = {
      TAG = "1.14.1"
#            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
      HUB = "docker.io/istio"
    }
  }
}
`));

test('terraform: a folder that the command runs in', () =>
  check(`
--- main.tf
resource "null_resource" "istio" {
  provisioner "local-exec" {
    command     = "istioctl install -y -f iop.yaml"
    working_dir = "\${path.module}/mesh"
  }
}
--- mesh/iop.yaml
kind: IstioOperator
spec:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('terraform: commands on another machine', () =>
  check(`
--- main.tf
resource "aws_instance" "node" {
  provisioner "remote-exec" {
    inline = [
      "export TAG=1.14.1",
#                 ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
      "istioctl install -y --set tag=$TAG",
    ]
  }
}
`));

test('terraform: what a machine is started with', () =>
  check(`
--- main.tf
resource "aws_instance" "node" {
  user_data = <<-EOF
    #!/bin/bash
    istioctl install -y --set tag=1.14.1
#                                 ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
  EOF
}
`));

test('terraform: Helm in a command', () =>
  check(`
--- main.tf
resource "null_resource" "istio" {
  provisioner "local-exec" {
    command = "helm upgrade --install istiod istio/istiod --version 1.14.1"
#                                                                   ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
  }
}
`));

test('terraform: a tag that is not known', () =>
  check(`
--- main.tf
resource "null_resource" "istio" {
  provisioner "local-exec" {
    command = "istioctl install -y --set hub=a.io/x --set tag=\${var.tag}"
#                                                               ^^^^^^^ could-not-check: it is given to Terraform from outside
  }
}
`));
