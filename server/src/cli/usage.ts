/** What `meshfit --help` prints. */
export const usage = `Meshfit tells whether the service mesh you are about to install will run on your nodes.

Usage
  meshfit check [PATH…]                  check files and folders (default: this folder)
  meshfit plan [PATH…]                   list the images that an install pulls; no network
  meshfit plan -- istioctl install …     the same for a command line, also of helm
  meshfit platforms IMAGE…               list the platforms of images

Options
  --platform OS/ARCH        a platform of your nodes, repeatable (default: linux/arm64)
  --format text|json        text for people or JSON for programs (default: text)
  --format sarif|github|junit
                            for meshfit check in a pipeline: SARIF 2.1.0, annotations of GitHub
                            Actions, JUnit XML
  --istio-version VERSION   the version of istioctl, where the files do not tell it
  --default-hub HUB         the hub compiled into istioctl, if you build istioctl yourself
  --default-tag TAG         the tag compiled into istioctl, if you build istioctl yourself
  --hub HUB                 a hub of yours that fixes may switch to, repeatable
  --mirror REGISTRY=URL     ask URL before REGISTRY (http only on this machine), repeatable;
                            several for one REGISTRY are asked in turn
  --no-mirror-fallback      where a registry has mirrors, never ask the registry itself
  --mirror-files PROGRAM    also take mirrors from the configuration of PROGRAM on this machine:
                            docker, containers (Podman, CRI-O) or containerd, repeatable
  --allow-host HOST[:PORT]  a further registry that may be asked, repeatable
  --no-cache                ask registries again, and keep nothing that they say
  --offline                 no network: Istio's release facts, which come with Meshfit, answer
  --verify                  also read the images behind each index: they may be for another platform
                            than the index says, or missing (for check and platforms)
  --config FILE             settings as JSON, by the same names as in the editor
  --version, --help

Exit status
  0 nothing found   1 findings   2 bad usage   3 something could not be decided (and nothing worse)
  meshfit plan ends with 0 or 2
`;
