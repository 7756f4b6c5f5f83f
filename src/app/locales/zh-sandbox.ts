/** 简体中文：保留的运行、分享、沙盒。 */
import { str } from '@lit/localize';

export const sandbox = {
  // src/components/runs-strings.ts
  'runs.table': '保留的运行',
  'runs.empty': '还没有保留的运行。你保留的运行只存在这个浏览器里。',
  'runs.show': '在图上',
  'runs.show-run': str`在图上显示“${0}”`,
  'runs.name': '运行',
  'runs.changes': '与第一个相比的改动',
  'runs.first': '第一个',
  'runs.same': '没有改动',
  'runs.device': '设备',
  'runs.date': '日期',
  'runs.actions': '操作',
  'runs.sort-by': str`按${0}排序`,
  'runs.sort': '排序',
  'runs.ascending': '升序',
  'runs.descending': '降序',
  'runs.rename': '重命名',
  'runs.rename-run': str`重命名“${0}”`,
  'runs.new-name': str`“${0}”的新名字`,
  'runs.hide': '隐藏',
  'runs.hide-run': str`隐藏“${0}”`,
  'runs.unhide': '取消隐藏',
  'runs.unhide-run': str`取消隐藏“${0}”`,
  'runs.hidden': str`显示隐藏的 ${0} 个`,
  'runs.remove': '删除',
  'runs.remove-run': str`删除“${0}”`,
  'runs.removed': str`已删除“${0}”。`,
  'runs.undo': '撤销',
  'runs.files': '文件',
  'runs.json': '保存为 JSON',
  'runs.csv': '保存为 CSV',
  'runs.import': '从文件添加',
  'runs.refused': '没有添加这个文件；你原有的都还在。',

  // src/components/share-strings.ts
  'share.share': '分享',
  'share.title': '指向你所见内容的链接',
  'share.what':
    '链接里有设置、种子、你的预测和主要结果，别人可以重做这次运行。什么也不上传：一切都写在地址本身里。',
  'share.link': '链接',
  'share.copy': '复制',
  'share.copied': '已复制。',
  'share.selected': '链接已选中：请用键盘或菜单复制。',
  'share.close': '关闭',
  'share.failed': str`没能生成链接：${0}`,

  // src/app/sharing-strings.ts
  'sharing.refused': '这个链接用不了。页面按通常的样子打开。',
  'sharing.opened': str`从链接打开：设置、种子和预测都来自在 ${0} 上的那次运行。`,
  'sharing.opened-plain': '从链接打开：设置、种子和预测都是分享来的。',
  'sharing.same': '比特完全相同：你的运行给出的损失与分享的那次一模一样。',
  'sharing.other': str`与分享的那次运行比特不同：那次在 ${0} 上，你的在 ${1} 上。另一块 GPU 的舍入不同；末尾几位会不同，说明的事情不该不同。`,
  'sharing.other-here': '与分享的那次运行比特不同，虽然设备名称一样：驱动或浏览器的版本不同，舍入就不同。',
  'sharing.changed': '你改了分享来的设置，所以不比较这两次运行。',
};
