// Opened from a disk, the page may load nothing: browsers forbid modules there. This is all that runs, and says so.
if (location.protocol === 'file:') {
  addEventListener('DOMContentLoaded', function () {
    [
      [
        'en',
        'Scaling Lab needs a web server: opened as a file, browsers do not let it load its parts. Run “npm start”, or serve this folder, for example with “npx vite preview”.',
      ],
      [
        'zh-Hans',
        '规模定律实验室需要一个网页服务器：作为文件打开时，浏览器不允许加载它的各部分。请运行“npm start”，或者用服务器提供这个文件夹，例如“npx vite preview”。',
      ],
    ].forEach(function (words) {
      var sentence = document.createElement('p');
      sentence.lang = words[0];
      sentence.textContent = words[1];
      document.body.append(sentence);
    });
  });
}
