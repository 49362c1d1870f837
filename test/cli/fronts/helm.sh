#!/bin/bash
VERSION=1.14.1
helm repo add istio https://istio-release.storage.googleapis.com/charts
helm upgrade --install istiod istio/istiod --version "$VERSION" -n istio-system -f values.yaml
