/** 简体中文：嵌入对话框。 */
export const embed = {
  'embed.embed': '嵌入',
  'embed.title': '把这张图放进你的网页',
  'embed.what': '它先请读者预测，然后回放预存的训练，或在读者自己的设备上训练。',
  'embed.answer': '马上显示答案',
  'embed.inside': '带上内部的图',
  'embed.prediction': '带上我的预测',
  'embed.script': '作为元素',
  'embed.frame': '作为 iframe（不允许脚本的地方）',
  'embed.preview': '看起来是这样',
  'embed.copy': '复制',
  'embed.copied': '已复制。',
  'embed.by-hand': '浏览器不开放剪贴板：请选中文字自行复制。',
  'embed.close': '关闭',
};
