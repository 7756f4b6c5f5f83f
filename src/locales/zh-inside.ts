/** 简体中文：网络内部的图。 */
import { str } from '../str.ts';

export const inside = {
  'c.inside.pictures': '内部',
  'c.inside.play': '播放',
  'c.inside.pause': '暂停',
  'c.inside.untrained': '什么都没学到时的样子',
  'c.inside.empty': '还没有可看的。',
  'c.inside.at': str`${0} ${1}`,
  'c.inside.of': str`${0} ${1}，共 ${2}`,
  'c.inside.reading': str`${0}：${1} ${2}`,
  'c.inside.ask': '向模型提问',
  'c.inside.ask-at': str`问它，在${0}：`,
  'c.inside.number': str`第 ${0} 个数`,
  'c.inside.right-is': str`· 正确：${0}（${1}）`,
  'lesson.inside.take-out': '拿掉：',
  'lesson.inside.nothing-out': '什么都不拿',
  'c.inside.jump': str`转到${0}`,
  'lesson.inside.title': '网络内部',
  'lesson.inside.recorded': str`预先训练于 ${0}，${1}`,
  'lesson.inside.own': '你的训练',
  'lesson.inside.not-loaded': '内部的图没能载入。',
};
