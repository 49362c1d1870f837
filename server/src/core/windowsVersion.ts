/**
 * Whether a Windows image of version `image` runs on a node of version `node`; both read `10.0.<build>[.<revision>]`,
 * and an empty one fits everything. The build must be the same; from Windows Server 2022 on, nodes also run images
 * built since that release (containerd/platforms platform_windows_compat.go).
 */
export function windowsRuns(node: string, image: string): boolean {
  const host = parseVersion(node);
  if (host === undefined || image === '') return true;
  const guest = parseVersion(image);
  if (guest === undefined || host.major !== guest.major || host.minor !== guest.minor) return false;
  if (host.build < server2022) return host.build === guest.build;
  return guest.build >= server2022 && guest.build <= host.build;
}

const server2022 = 20348;

interface WindowsVersion {
  readonly major: number;
  readonly minor: number;
  readonly build: number;
}

function parseVersion(text: string): WindowsVersion | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,5})(?:\.|$)/.exec(text);
  if (match === null) return undefined;
  const [major, minor, build] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return major === 0 && minor === 0 && build === 0 ? undefined : { major, minor, build };
}
