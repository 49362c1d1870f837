import type { HostStatus } from '../core/contact';
import type { Budget } from './budget';
import type { Traffic } from './traffic';

/** How it stands with every host that was asked. */
export const hostStatuses = (traffic: Traffic, budget: Budget): readonly HostStatus[] =>
  traffic.hosts().map(([host, pause]) => {
    const allowance = budget.left(host);
    return {
      host,
      ...(pause && { paused: { until: pause.until, why: pause.trouble.why } }),
      ...(allowance && { allowance }),
    };
  });
