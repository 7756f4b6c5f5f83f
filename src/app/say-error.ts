/** Why a link, a file or a result was refused, in the page's language. Loaded when something was. */
import { html } from 'lit';
import { say } from '../locales/say.ts';
import { SchemaError } from '../problems.ts';
import { type LinkCode, LinkError } from '../state/packed.ts';
import { sayLine, type Words } from '../figures/say-problem.ts';

/** The words of `LinkError` in Chinese, with the values in their English order. */
const ZH: Record<LinkCode, (...values: readonly (string | number)[]) => string> = {
  damaged: () => '这个链接已损坏：有一部分丢失，或在途中被改动了。',
  'link-too-long': (length, most) => `这个链接有 ${length} 个字符；最多读取 ${most} 个。`,
  'link-unfolds': (most) => `这个链接展开后超过 ${most} 字节。`,
  'changes-too-long': (most) => `这个链接的改动超过 ${most} 个字符。`,
  'link-unusable': () => '这个链接用不了：',
  'other-page': (theirs, own) => `这个链接属于页面“${theirs}”，而不是“${own}”。`,
  'no-result': () => '这不是一节课的结果。',
  'newer-result': () => '这个结果来自更新版本的 Scaling Lab。请重新加载页面。',
  'result-unusable': () => '这个结果用不了：',
  'too-many-results': (many, most) => `一段文本里有 ${many} 个结果；最多读取 ${most} 个。`,
  'class-full': (most) => `这个班级已有 ${most} 个结果；不再接收更多。`,
  'class-too-large': (bytes, most) => `这个班级有 ${bytes} 字节；最多读取 ${most} 字节。`,
  'class-too-many': (many, most) => `这个班级有 ${many} 个结果；最多读取 ${most} 个。`,
  'no-class': () => '这个文件不是班级文件，或者已损坏。',
  'no-entry': () => '这个班级中有一项不是结果。',
  'entry-unusable': () => '这个班级中有一项用不了：',
  'file-too-large': (bytes, most) => `有 ${bytes} 字节；最多读取 ${most} 字节。`,
  'no-qr-code': () => '在这张图片里没有找到二维码。',
};

/** A line, and one more for each key that is wrong. */
export function sayError(error: Error): readonly Words[] {
  if (error instanceof LinkError) {
    const { code, english, params, problems } = error;
    // `link-unusable` is only a heading, which the page shows already.
    const what = code === 'link-unusable' ? [] : [say({ en: english, zh: ZH[code](...params) })];
    return [...what, ...problems.map(sayLine)];
  }
  if (error instanceof SchemaError) return error.problems.map(sayLine);
  return [html`<span lang="en">${error.message}</span>`];
}
