import { NotificationType, RequestType, RequestType0 } from 'vscode-languageserver';
import type { SendParams, SendResult } from '../core/send';

/** What a client may send as `initializationOptions`. */
export interface InitializationOptions {
  /** The section `meshfit`, for clients that do not answer `workspace/configuration`. */
  readonly settings?: unknown;
  /** Whether the user trusts the workspace; a client that says nothing is taken to. */
  readonly trusted?: boolean;
  /** Whether the client has the command `meshfit.copy`, which copies its argument to the clipboard. */
  readonly copies?: boolean;
  /** Whether the client has the command `meshfit.allowRegistry`, which lets the user allow the host that it is given. */
  readonly allows?: boolean;
  /** Whether the client has the command `meshfit.verify`, which sends `meshfit/verify` and shows what comes back. */
  readonly verifies?: boolean;
  /** An absolute path: the folder for what registries have answered. */
  readonly cacheFolder?: string;
  /** Whether the client answers `meshfit/send`. */
  readonly sends?: boolean;
}

/** Reads what a client sent; anything that does not fit is left out. */
export function optionsFrom(value: unknown): InitializationOptions {
  if (typeof value !== 'object' || value === null) return {};
  return {
    ...('settings' in value ? { settings: value.settings } : {}),
    ...('verifies' in value && typeof value.verifies === 'boolean' ? { verifies: value.verifies } : {}),
    ...('allows' in value && typeof value.allows === 'boolean' ? { allows: value.allows } : {}),
    ...('cacheFolder' in value && typeof value.cacheFolder === 'string'
      ? { cacheFolder: value.cacheFolder }
      : {}),
    ...('sends' in value && typeof value.sends === 'boolean' ? { sends: value.sends } : {}),
    ...('copies' in value && typeof value.copies === 'boolean' ? { copies: value.copies } : {}),
    ...('trusted' in value && typeof value.trusted === 'boolean' ? { trusted: value.trusted } : {}),
  };
}

/** Server → client: send a request to a registry. Only to clients that said `sends`. */
export const sendRequest = new RequestType<SendParams, SendResult, void>('meshfit/send');

/** Client → server: the user now trusts the workspace. */
export const trustedNotification = new NotificationType<void>('meshfit/trusted');

/** The document that a request of ours is about. */
export interface AboutDocument {
  readonly textDocument: { readonly uri: string };
}

/** Client → server: check a document now, by the user's own wish. */
export const checkRequest = new RequestType<AboutDocument, void, void>('meshfit/check');

/** `images` are names as in the install plan; without them all of the document's images are meant. */
export interface VerifyParams extends AboutDocument {
  readonly images?: readonly string[];
}

/** Client → server: read the images behind the indexes that a document's images lead to; how it went, for people. */
export const verifyRequest = new RequestType<VerifyParams, string, void>('meshfit/verify');

/** Client → server: the install plan of a document, as text for people. */
export const planRequest = new RequestType<AboutDocument, string, void>('meshfit/plan');

/** Client → server: whom Meshfit has asked, as text for people. */
export const contactsRequest = new RequestType0<string, void>('meshfit/contacts');

/** Client → server: drop every answer of the registries and ask again. */
export const forgetRequest = new RequestType0<void, void>('meshfit/forget');
