/** What is said when training waits, does not go on, or is done. Loaded with what trains. */
import type { Language } from '../languages.ts';

type Trouble = Record<
  'queued' | 'offscreen' | 'done' | 'noGPU' | 'gpuLost' | 'silent' | 'end' | 'forbidden',
  string
>;

const TROUBLE: Record<Language, Trouble> = {
  en: {
    queued: 'Waiting: another figure on this page is training.',
    offscreen: 'Paused while the figure is out of sight.',
    done: 'Finished: these curves were trained on your device.',
    noGPU:
      'Nothing can be trained here: this page can use neither the graphics nor the processor. The recorded run stays.',
    gpuLost:
      'The GPU was lost, and asking for it again did not help. Try again in a moment, or with a smaller model. The recorded run stays.',
    silent: 'No answer for 10 s: what trains may be busy, or hang.',
    end: 'End it and start again',
    forbidden:
      'This page’s security policy forbids the worker that trains (worker-src without blob:, or trusted-types without scaling-lab). The recorded run stays.',
  },
  zh: {
    queued: '等待中：本页的另一张图正在训练。',
    offscreen: '图不在视野内，已暂停。',
    done: '已完成：这些曲线是在你的设备上训练的。',
    noGPU: '这里无法训练：本页既不能使用显卡，也不能使用处理器。预存的训练仍然可看。',
    gpuLost: 'GPU 丢失了，多次重新请求也没有成功。请稍后再试，或减小模型。预存的训练仍然可看。',
    silent: '已有 10 秒没有响应：训练部分可能很忙，也可能卡住了。',
    end: '结束它并重新开始',
    forbidden:
      '此页面的安全策略禁止训练用的 worker（worker-src 中没有 blob:，或 trusted-types 中没有 scaling-lab）。预存的训练仍然可看。',
  },
};

export const troubleIn = (language: Language): Trouble => TROUBLE[language];
