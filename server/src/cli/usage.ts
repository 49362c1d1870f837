/** What `meshfit --help` prints. */
export const usage = `Meshfit tells whether the service mesh you are about to install will run on your nodes.

Usage
  meshfit check [PATH…]                  check files and folders (default: this folder)
  meshfit plan [PATH…]                   list the images that an install pulls; no network
  meshfit plan -- istioctl install …     the same for a command line, also of helm
  meshfit platforms IMAGE…               list the platforms of images

Options
  --platform OS/ARCH        a platform of your nodes, repeatable (default: linux/arm64)
  --format text|json        how to print (default: text)
  --istio-version VERSION   the version of istioctl, where the files do not tell it
  --default-hub HUB         the hub compiled into istioctl, for builds of your own
  --default-tag TAG         the tag compiled into istioctl, for builds of your own
  --hub HUB                 a hub of yours that fixes may switch to, repeatable
  --mirror REGISTRY=URL     ask URL instead of REGISTRY (http only on this machine), repeatable;
                            repeat it for one REGISTRY to ask several in turn
  --no-mirror-fallback      ask the mirrors alone where a registry has some
  --mirror-files WHOSE      take mirrors from the configuration of docker, containers or
                            containerd on this machine, too, repeatable
  --allow-host HOST[:PORT]  a further registry that may be asked, repeatable
  --no-cache                ask registries again, and keep nothing that they say
  --offline                 no network; Istio's release facts answer
  --verify                  read the images behind each index, too: they may be for another platform
                            than the index says, or missing (for check and platforms)
  --config FILE             settings as JSON, by the same names as in the editor
  --version, --help

Exit status
  0 nothing found   1 findings   2 bad usage   3 something could not be decided (and nothing worse)
`;
