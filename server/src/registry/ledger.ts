import type { Contact } from '../core/contact';

/** The requests of this run, the newest last; at most so many are kept. */
export interface Ledger {
  readonly record: (contact: Contact) => void;
  readonly contacts: () => readonly Contact[];
}

export function createLedger(size = 1000): Ledger {
  const contacts: Contact[] = [];
  return {
    record(contact) {
      contacts.push(contact);
      if (contacts.length > size) contacts.shift();
    },
    contacts: () => [...contacts],
  };
}
