import type { Contact, HostStatus } from '../core/contact';
import { distinct } from '../core/words';

/**
 * The requests of this run as text for people: each host with how often it was asked, how much came back and how it stands
 * with it, then every request, the newest first. Times are in UTC.
 */
export function contactsText(contacts: readonly Contact[], statuses: readonly HostStatus[]): string {
  if (contacts.length === 0) return 'Meshfit has asked nobody since it was started.\n';
  const hosts = distinct(contacts.map(({ host }) => host)).map(host => {
    const own = contacts.filter(contact => contact.host === host);
    const size = sizeText(own.reduce((sum, { bytes }) => sum + bytes, 0));
    const status = statuses.find(known => known.host === host);
    return `  ${[`${host}: ${counted(own.length, 'request')}, ${size}`, ...statusText(status)].join('; ')}`;
  });
  return [
    'Hosts that Meshfit has asked since it was started',
    ...hosts,
    '',
    'Requests, the newest first (times in UTC)',
    ...contacts.toReversed().map(contactText),
    '',
  ].join('\n');
}

const contactText = ({ at, host, outcome, bytes, why }: Contact): string =>
  `  ${timeText(at)}  ${host}: ${why} – ${outcome}, ${sizeText(bytes)}`;

function statusText(status: HostStatus | undefined): readonly string[] {
  const { paused, allowance } = status ?? {};
  return [
    ...(paused ? [`left alone until ${timeText(paused.until)}, because ${paused.why}`] : []),
    ...(allowance
      ? [
          `lets you pull ${allowance.remaining}${allowance.limit === undefined ? '' : ` of ${allowance.limit}`} more images until ${timeText(allowance.resets)} at the latest`,
        ]
      : []),
  ];
}

const timeText = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const sizeText = (bytes: number): string =>
  bytes < 1024 ? counted(bytes, 'byte') : `${(bytes / 1024).toFixed(1)} KiB`;
