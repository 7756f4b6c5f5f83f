/** 简体中文：嵌入对话框。 */
export const embed = {
  'embed.embed': '嵌入',
  'embed.cite': '引用与重现',
};
