/**
 * What the axes of figures show: one name for one quantity, in all lessons and the sandbox. Runs of different lessons
 * share a chart where both axes have the same names.
 */
import { text } from './text.ts';

export const STEP = text('step', '步');
export const PARAMETERS = text('parameters N', '参数 N');
export const EXAMPLES = text('examples D', '样本 D');
/** of training, as the graph multiplies and adds */
export const COMPUTE = text('compute C, FLOPs', '计算量 C，FLOP');
export const WIDTH = text('width', '宽度');
/** cross-entropy */
export const LOSS = text('loss, nats', '损失，纳特');
export const SQUARED_ERROR = text('mean squared error', '均方误差');
/** of answers, classes or tokens */
export const SHARE_RIGHT = text('accuracy, share right', '准确率，答对的比例');
