/** The words of the dialogs for embedding and citing. They are loaded late, so that both languages stand here side by side. */
import { say } from '../../locales/say.ts';

export const strings = {
  get title(): string {
    return say({ en: 'This figure in your own page', zh: '把这张图放进你的网页' });
  },
  get what(): string {
    return say({
      en: 'It asks your readers for a prediction first; then it replays the recorded run, or trains on their own device.',
      zh: '它先请读者预测，然后回放预存的训练，或在读者自己的设备上训练。',
    });
  },
  get answer(): string {
    return say({ en: 'show the answer at once', zh: '马上显示答案' });
  },
  get inside(): string {
    return say({ en: 'with pictures of the inside', zh: '带上内部的图' });
  },
  get prediction(): string {
    return say({ en: 'with my prediction', zh: '带上我的预测' });
  },
  get kind(): string {
    return say({ en: 'Where it goes', zh: '放在哪里' });
  },
  get kinds(): Record<'script' | 'markdown' | 'frame' | 'notebook', string> {
    return {
      script: 'HTML',
      markdown: 'Markdown, MDX',
      frame: 'iframe',
      notebook: say({ en: 'Notebook', zh: '笔记本' }),
    };
  },
  get help(): Record<'script' | 'markdown' | 'frame' | 'notebook', string> {
    return {
      script: say({
        en: 'As an element; feeds, mail and print show the picture in it',
        zh: '作为元素；订阅、邮件和打印时显示其中的图片',
      }),
      markdown: say({
        en: 'In a page of Markdown that lets HTML through',
        zh: '放进允许 HTML 的 Markdown 页面',
      }),
      frame: say({
        en: 'As an iframe, where scripts are not allowed',
        zh: '作为 iframe（不允许脚本的地方）',
      }),
      notebook: say({
        en: 'A cell for Jupyter, Colab, marimo or VS Code',
        zh: '一个单元格，用于 Jupyter、Colab、marimo 或 VS Code',
      }),
    };
  },
  get name(): string {
    return say({ en: 'title, for screen readers', zh: '标题（读屏软件会读出）' });
  },
  get caption(): string {
    return say({ en: 'caption below', zh: '图下的说明' });
  },
  get theme(): string {
    return say({ en: 'colours', zh: '颜色' });
  },
  get themes(): Record<string, string> {
    return {
      '': say({ en: 'as the page', zh: '随页面' }),
      light: say({ en: 'light', zh: '浅色' }),
      dark: say({ en: 'dark', zh: '深色' }),
    };
  },
  get controls(): string {
    return say({ en: 'readers may', zh: '读者可以' });
  },
  get whichControls(): Record<string, string> {
    return {
      '': say({ en: 'do all that there is', zh: '使用全部功能' }),
      run: say({ en: 'train it', zh: '训练它' }),
      none: say({ en: 'look at it', zh: '只看' }),
    };
  },
  get height(): string {
    return say({ en: 'height, px', zh: '高度，像素' });
  },
  get grows(): string {
    return say({
      en: 'becomes as high as the figure (a small script)',
      zh: '高度随图变化（需要一小段脚本）',
    });
  },
  get cite(): string {
    return say({ en: 'Cite and repeat', zh: '引用与重现' });
  },
  get citePlain(): string {
    return say({ en: 'As a text', zh: '文字' });
  },
  get again(): string {
    return say({ en: 'Make this run again', zh: '重做这次运行' });
  },
  get againWhat(): string {
    return say({
      en: 'On the command line, in a clone of the lab. On the same kind of device it gives the same bits; its file opens here under “Add from a file”, or with “npm run lab -- open”.',
      zh: '在实验室源码的文件夹里，用命令行运行。在同类设备上得到的每一位都相同；它写出的文件可以在这里用“从文件添加”打开，或用“npm run lab -- open”。',
    });
  },
  get line(): string {
    return say({ en: 'One line', zh: '一行命令' });
  },
  get preview(): string {
    return say({ en: 'What it looks like', zh: '看起来是这样' });
  },
  get copy(): string {
    return say({ en: 'Copy', zh: '复制' });
  },
  get copied(): string {
    return say({ en: 'Copied.', zh: '已复制。' });
  },
  get byHand(): string {
    return say({
      en: 'The browser keeps its clipboard closed: select the text and copy it.',
      zh: '浏览器不开放剪贴板：请选中文字自行复制。',
    });
  },
  get close(): string {
    return say({ en: 'Close', zh: '关闭' });
  },
};
