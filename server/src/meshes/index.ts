import type { Mesh } from '../core/mesh';
import { istio } from './istio/index';

/** Every mesh that Meshfit knows; the first one that plans a fragment owns it. */
export const meshes: readonly Mesh[] = [istio];
