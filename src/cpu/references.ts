/** The references that a device without a GPU runs, by the names that dispatches give. */
import { activationBackward, activationForward } from './activation.ts';
import type { Floats } from './arrays.ts';
import { attention, attentionBackward, attentionWeights } from './attention.ts';
import { loadRows, sampleBatch } from './batch.ts';
import { blockedProduct } from './blocked-product.ts';
import { classLoss, classScores } from './class-loss.ts';
import { embedding, embeddingBackward } from './embedding.ts';
import { layernorm, layernormBackward, layernormBackwardParameters } from './layernorm.ts';
import { matmulBy } from './matmul.ts';
import { meanSquaredError, meanSquaredErrorScores } from './mean-squared-error.ts';
import { muonMomentum, muonUpdate } from './muon.ts';
import { adamw, sgd } from './optimizer.ts';
import { sampleToken } from './sample-token.ts';
import { advance, endStep, gradientNorm } from './step.ts';

export const references = {
  activationBackward,
  activationForward,
  adamw,
  advance,
  attention,
  attentionBackward,
  attentionWeights,
  classLoss,
  classScores,
  copy: (from: Floats, to: Floats): void => to.set(from),
  embedding,
  embeddingBackward,
  endStep,
  gradientNorm,
  layernorm,
  layernormBackward,
  layernormBackwardParameters,
  loadRows,
  matmul: matmulBy(blockedProduct),
  meanSquaredError,
  meanSquaredErrorScores,
  muonMomentum,
  muonUpdate,
  sampleBatch,
  sampleToken,
  sgd,
};
