import { test } from 'node:test';
import { check } from '../support/check';

test('shells: a POSIX script without an ending', () =>
  check(`
--- bin/install
#!/bin/sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install
`));

test('shells: .bash', () =>
  check(`
--- install.bash
istioctl install --set tag=1.14.1
#                          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('shells: zsh', () =>
  check(`
--- install.zsh
#!/usr/bin/env zsh
typeset -A opts
istioctl install --set tag=1.14.1
#                          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('shells: CRLF', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1\r
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install \\\r
  --set profile=demo\r
`));

test('shells: CRLF in a here-document', () =>
  check(`
--- install.sh
istioctl install -f - <<EOF\r
kind: IstioOperator\r
spec:\r
  tag: 1.14.1\r
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
EOF\r
`));

test('shells: a byte order mark', () =>
  check(`
--- install.sh
\uFEFFISTIO_VERSION=1.14.1
#              ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install
`));

test('shells: continuation lines', () =>
  check(`
--- install.sh
istioctl install \\
  --set profile=demo \\
  --set tag=1.14.1 \\
#           ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
  -y
`));

test('shells: a continuation that is cut off', () =>
  check(`
--- install.sh
istioctl install --set tag=1.14.1 \\
#                          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('shells: and, or, semicolons', () =>
  check(`
--- install.sh
true && istioctl install --set tag=1.14.1 || exit 1; echo done
#                                  ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('shells: an open quote at the end', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install -y
echo "done
`));

test('shells: half a flag', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set
`));

test('shells: half a setting', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install --set hub=
`));

test('shells: half an assignment', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.
istioctl install
^^^^^^^^ could-not-check: nothing here tells its version
`));

test('shells: half a -f', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
istioctl install -f
`));

test('shells: an unclosed if', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
if true; then
  istioctl install
`));

test('shells: a script that is a template', () =>
  check(`
--- install.sh
ISTIO_VERSION={{ .Version }}
istioctl-1.14.1 install
#        ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('shells: braces and an exclamation mark', () =>
  check(`
--- install.sh
ISTIO_VERSION=1.14.1
#             ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
{ ! istioctl install -y; } 2>/dev/null
`));

test('shells: quoting of every kind', () =>
  check(`
--- install.sh
istioctl install --s'et' "ta"g=1.14.'1'
#                              ^^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('shells: escaped quotes', () =>
  check(`
--- install.sh
istioctl install --set values.global.proxy.x=\\"a\\" --set tag=1.14.1
#                                                            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('shells: dollar quotes', () =>
  check(`
--- install.sh
istioctl install --set $'tag=1.14.1'
#                            ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('shells: a Windows path', () =>
  check(`
--- install.sh
C:\\\\istio-1.14.1\\\\bin\\\\istioctl.exe install
#         ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('shells: a cyclic source', () =>
  check(`
--- install.sh
source ./b.sh
istioctl install --set tag=1.14.1
#                          ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
--- b.sh
source ./install.sh
`));
