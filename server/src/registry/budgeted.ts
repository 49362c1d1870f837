import type { Budget } from './budget';
import type { Http, HttpRequest } from './http';

/** Reads from every answer how much its host still lets the user pull. */
export function noting(http: Http, budget: Budget): Http {
  return async (request, signal) => {
    const answer = await http(request, signal);
    if (answer.kind === 'answer' && !answer.strayed) budget.note(request.url.host, answer.header);
    return answer;
  };
}

/** The same, but nothing that counts as a pull is sent where little is left. */
export function sparing(http: Http, budget: Budget): Http {
  return async (request, signal) => {
    const refusal = isPull(request) ? budget.refusal(request.url.host, request.name) : undefined;
    return refusal ?? http(request, signal);
  };
}

const isPull = ({ method = 'GET', body, url }: HttpRequest): boolean =>
  method === 'GET' && body === undefined && url.pathname.includes('/manifests/');
