// The look of the phone pages: one small sheet inside the page, for old browsers, big fingers and tired eyes.
export const STYLE = `
*{box-sizing:border-box}
[hidden]{display:none!important}
body{margin:0;background:#f2f4f7;color:#1a1f26;font:18px/1.6 -apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}
main{max-width:640px;margin:0 auto;padding:0 16px 32px}
header{margin:0 -16px 16px;padding:16px;background:#0b5cab;color:#fff}
h1{margin:0;font-size:22px;line-height:1.4}
h2{margin:0 0 8px;font-size:20px}
header p{margin:4px 0 0}
.rehearsal{margin:0 -16px;padding:8px 16px;background:#7a4b00;color:#fff}
.field,.box{margin:0 0 14px;padding:14px;border-radius:10px;background:#fff}
label,legend{display:block;font-weight:600}
.need{margin-left:6px;color:#b3261e;font-weight:400}
.small{margin:2px 0 0;color:#535b66;font-size:16px}
.about{margin-bottom:14px}
.row{display:flex;align-items:center;margin-top:6px}
.row span{flex:none;margin-left:10px;color:#535b66}
input,textarea,select{display:block;width:100%;min-height:52px;margin-top:6px;padding:10px 12px;border:1px solid #8a94a1;border-radius:8px;background:#fff;color:inherit;font:inherit}
.row input{min-width:0;margin:0;flex:1}
input:focus,textarea:focus,select:focus,button:focus,a:focus{outline:3px solid #7fb2ea;outline-offset:1px}
.wrong{border-left:6px solid #b3261e}
.wrong p.say{margin:6px 0 0;color:#b3261e;font-weight:600}
.ask{margin-top:10px;padding-left:12px;border-left:6px solid #a86200}
.ask p.say{margin:6px 0 0;color:#7a4b00}
.top{background:#fdecea}
.warn{background:#fff3dc}
.good{border-left:6px solid #1b7a3d}
.good h2{color:#1b7a3d}
ul{margin:6px 0 0;padding-left:22px}
a{color:#0b5cab}
button,.button{display:block;width:100%;min-height:56px;padding:12px;border:0;border-radius:10px;background:#0b5cab;color:#fff;font:inherit;font-size:20px;font-weight:600;text-align:center;text-decoration:none}
.plain{min-height:48px;margin-top:8px;border:1px solid #0b5cab;background:#fff;color:#0b5cab;font-size:17px;font-weight:400}
button[disabled]{background:#8a94a1}
em{font-style:normal}
.part{margin:24px 0 8px}
.item{display:block;min-height:56px;margin:0 0 12px;padding:14px;border-radius:10px;background:#fff;color:inherit;text-decoration:none}
.item b,.item .small{display:block}
.late{border-left:6px solid #b3261e}
.late em{color:#b3261e;font-weight:600}
.done b{color:#1b7a3d;font-weight:400}
summary{margin:0 0 14px;padding:14px;border-radius:10px;background:#fff;color:#0b5cab;font-weight:600}
`
