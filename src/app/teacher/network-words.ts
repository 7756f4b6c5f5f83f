/** What whoever runs a school's network and browsers needs to know. */
import { text } from '../../lessons/shared/text.ts';
import { worded } from '../class/worded.ts';

export const networkWords = worded({
  title: text('What a school’s network has to allow', '学校网络需要允许什么'),
  description: text(
    'Addresses, ports, browsers, policies and storage that Scaling Lab needs in a school.',
    '在学校使用规模定律实验室所需的地址、端口、浏览器、策略和存储。',
  ),
  addresses: text('Addresses and ports', '地址与端口'),
  address: (origin: string) =>
    text(
      `All files come from ${origin}, over one port. Nothing else is asked for: no fonts, no scripts, no counters of other hosts, and no data is sent.`,
      `所有文件都来自 ${origin}，只用一个端口。不请求任何其他地址：没有别处的字体、脚本或统计，也不发送数据。`,
    ),
  https: text(
    'The address must begin with https:// (port 443). On plain http:// browsers keep back WebGPU, the camera and offline use; localhost is the exception.',
    '地址必须以 https:// 开头（端口 443）。在 http:// 下，浏览器会关闭 WebGPU、摄像头和离线使用；localhost 除外。',
  ),
  size: text(
    'The first visit loads a few hundred kilobytes a device. Afterwards the page works without a network.',
    '首次访问每台设备只加载几百 KB。之后没有网络也能用。',
  ),
  inspect: text(
    'A proxy that opens and changes scripts breaks them: their integrity is checked. Let these files pass unchanged.',
    '会拆开并修改脚本的代理会使其失效：脚本的完整性会被校验。请让这些文件原样通过。',
  ),
  browsers: text('Browsers', '浏览器'),
  which: text(
    'Current Chrome, Edge, Firefox and Safari. Without WebGPU everything still works, on the processor and more slowly.',
    '当前版本的 Chrome、Edge、Firefox 和 Safari。没有 WebGPU 时一切仍可用，只是用处理器，较慢。',
  ),
  policies: text('Policies', '策略'),
  graphics: text(
    'Chrome and Edge: HardwareAccelerationModeEnabled must not be off, or there is no WebGPU. Firefox: the preference dom.webgpu.enabled.',
    'Chrome 与 Edge：HardwareAccelerationModeEnabled 不可关闭，否则没有 WebGPU。Firefox：首选项 dom.webgpu.enabled。',
  ),
  camera: text(
    'Only to scan QR codes of results on the teacher’s machine: VideoCaptureAllowed, or this address in VideoCaptureAllowedUrls. Links and files do without.',
    '只在教师机器上扫描结果二维码时需要：VideoCaptureAllowed，或把本地址列入 VideoCaptureAllowedUrls。用链接和文件则不需要。',
  ),
  storage: text(
    'Runs and settings are kept in the browser’s own storage of this address (IndexedDB, localStorage, a service worker). Where it is cleared at the end of a session, they are gone; save the class as a file before.',
    '运行和设置保存在浏览器为本地址所设的存储中（IndexedDB、localStorage、service worker）。若会话结束时清空，它们就没有了；请先把班级存为文件。',
  ),
  frames: text(
    'Figures in other pages stand in frames or as one script; the learning platform has to allow this address in frame-src or script-src.',
    '放在其他网页里的图以框架或单个脚本出现；学习平台需在 frame-src 或 script-src 中允许本地址。',
  ),
  check: text('To try it', '试一试'),
  checkWhat: text(
    'Open the page and look at the foot, or run the benchmark:',
    '打开页面看页脚，或运行性能测试：',
  ),
  benchmark: text('Benchmark', '性能测试'),
});
