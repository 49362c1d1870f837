import type { Mesh } from '../../core/mesh';
import { planIstio } from './plan';
import { recipeIdeas } from './recipes';
import { isAtOfficialHub, released } from './releases';
import { remark } from './remark';
import { remedies } from './remedies';

/** Istio, as istioctl 1.4 to 1.31 installs it. */
export const istio: Mesh = {
  id: 'istio',
  plan: planIstio,
  remedies,
  recipes: recipeIdeas,
  released,
  isOfficial: isAtOfficialHub,
  remark,
};
