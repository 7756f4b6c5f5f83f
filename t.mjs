import {chromium} from 'playwright-core'; import {createServer} from 'node:http'; import {readFileSync} from 'node:fs'; import {extname} from 'node:path';
const T={'.js':'text/javascript','.html':'text/html','.svg':'image/svg+xml'};
const s=createServer((q,r)=>{ try { const p=new URL(q.url,'http://x').pathname; const b=readFileSync('dist'+(p==='/'?'/index.html':p)); r.writeHead(200,{'content-type':T[extname(p)]??'text/html','access-control-allow-origin':'*'}).end(b)} catch { r.writeHead(404).end() } }); await new Promise(r=>s.listen(0,r));
const A='http://127.0.0.1:'+s.address().port+'/';
const mode=process.argv[2];
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--enable-unsafe-webgpu',...process.argv.slice(3)], ignoreDefaultArgs:['--disable-back-forward-cache']}); const ctx=await b.newContext({serviceWorkers:'block'}); const page=await ctx.newPage();
page.on('console',m=>console.log('C',m.type(),m.text().slice(0,200))); page.on('pageerror',e=>console.log('E',e.message));
const state=()=>page.evaluate(()=>{const b=document.querySelector('lab-run-bar'); return {phase:b?.phase, step:b?.step, text:[...document.querySelectorAll('.notice')].map(n=>n.innerText).join(' | '), buttons:[...(b?.shadowRoot?.querySelectorAll('button')??[])].map(x=>x.innerText)}});
await page.goto(A+'#/sandbox'); await page.waitForFunction(()=>document.querySelector('lab-run-bar')?.phase==='ready',null,{timeout:60000});
await page.evaluate(()=>{}); 
// long run
await page.getByLabel('steps',{exact:false}).first().fill('2000000').catch(e=>console.log(e.message)); await page.keyboard.press('Enter');
await page.waitForTimeout(1500); await page.waitForFunction(()=>document.querySelector('lab-run-bar')?.phase==='ready',null,{timeout:60000});
await page.locator('lab-run-bar').getByRole('button').first().click();
await page.waitForFunction(()=>document.querySelector('lab-run-bar').step>50,null,{timeout:60000});
console.log(await state());
if(mode==='gpu'){ for(let i=0;i<3;i++){ const c=await b.newBrowserCDPSession(); await c.send('Browser.crashGpuProcess').catch(e=>console.log(e.message)); for(let t=0;t<8;t++){ await page.waitForTimeout(2000); console.log(i,t,JSON.stringify(await state())); } } }
if(mode==='freeze'){ const c=await ctx.newCDPSession(page); await c.send('Page.setWebLifecycleState',{state:'frozen'}); await page.waitForTimeout(5000).catch(()=>{}); const t=Date.now(); await c.send('Page.setWebLifecycleState',{state:'active'}); for(let k=0;k<4;k++){console.log(JSON.stringify(await state())); await page.waitForTimeout(1000);} }
if(mode==='bf'){ await page.evaluate(()=>{ addEventListener('pageshow',e=>{window.shown=e.persisted}); addEventListener('pagehide',e=>{window.hid=e.persisted})}); await page.evaluate(()=>window.mark=1); await page.goto(A+'favicon.svg'); await page.waitForTimeout(3000); await page.goBack({timeout:5000, waitUntil:'commit'}).catch(e=>console.log(e.message.slice(0,80))); for(let k=0;k<5;k++){ await page.waitForTimeout(1500); console.log(JSON.stringify(await state()), await page.evaluate(()=>[window.mark,window.shown, JSON.stringify(performance.getEntriesByType('navigation')[0].notRestoredReasons??null)]));} }
await b.close(); s.close();
