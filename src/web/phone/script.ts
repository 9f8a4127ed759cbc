// What the page does when its script runs, for browsers of 2017 on: drafts, sums, no double press, no lost text without a signal.
// Everything works without it; hence it only adds, and hides what it can't do.
export const SCRIPT = `
(function () {
  var form = document.querySelector('form')
  var done = document.querySelector('[data-done]')
  function store(work) { try { return work(window.localStorage) } catch (e) { return null } }
  if (done) {
    var prefix = 'duban:' + done.getAttribute('data-done') + ':'
    store(function (s) {
      Object.keys(s).forEach(function (key) { if (key.indexOf(prefix) === 0) s.removeItem(key) })
    })
  }
  if (!form) return
  var draftKey = 'duban:' + form.getAttribute('data-draft')
  var inputs = [].slice.call(form.querySelectorAll('input:not([type=hidden]),textarea,select'))
  var button = form.querySelector('button[type=submit]')
  var note = document.getElementById('note')
  var said = button.textContent
  var fresh = form.getAttribute('data-fresh') === 'yes'
  var first = values()
  function values() {
    var all = {}
    inputs.forEach(function (input) { all[input.name] = input.value })
    return all
  }
  function say(text) { note.textContent = text; note.hidden = text === '' }
  function save() { store(function (s) { s.setItem(draftKey, JSON.stringify(values())) }) }
  function put(all) {
    inputs.forEach(function (input) {
      if (typeof all[input.name] !== 'string') return
      input.value = all[input.name]
      var folded = input.closest && input.closest('details')
      if (folded && input.value !== '') folded.open = true
    })
  }
  var kept = fresh ? store(function (s) { return JSON.parse(s.getItem(draftKey) || 'null') }) : null
  if (kept && JSON.stringify(kept) !== JSON.stringify(first)) {
    put(kept)
    var drop = document.getElementById('drop')
    drop.hidden = false
    drop.querySelector('button').onclick = function () {
      store(function (s) { s.removeItem(draftKey) })
      put(first)
      drop.hidden = true
      hints()
    }
  }
  if (!fresh) save()
  function number(name) {
    var input = form.querySelector('[name=' + name + ']')
    var text = input ? input.value.replace(/[,，\\s]/g, '') : ''
    return /^-?\\d+(\\.\\d+)?$/.test(text) ? Number(text) : null
  }
  function rounded(value) { return String(Math.round(value * 1e6) / 1e6) }
  function hints() {
    inputs.forEach(function (input) {
      var echo = document.getElementById('echo-' + input.name)
      if (!echo) return
      var value = number(input.name)
      echo.textContent = value !== null && Math.abs(value) >= 10000 ? '即 ' + rounded(value / 10000) + ' 亿元' : ''
    })
    var add = document.getElementById('add')
    if (!add) return
    var month = number('investedThisMonth')
    var sum = month === null ? '' : rounded(Number(add.getAttribute('data-last')) + month)
    add.hidden = sum === '' || sum === form.querySelector('[name=investedTotal]').value.trim()
    add.textContent = '上期累计＋本月 ＝ ' + sum + ' 万元，点这里填入'
    add.onclick = function () {
      form.querySelector('[name=investedTotal]').value = sum
      save()
      hints()
    }
  }
  form.addEventListener('input', function () { save(); hints() })
  hints()
  function wake() { button.disabled = false; button.textContent = said }
  window.addEventListener('pageshow', wake)
  form.addEventListener('submit', function (event) {
    event.preventDefault()
    if (button.disabled) return
    save()
    say('')
    button.disabled = true
    button.textContent = '正在提交…'
    var ask = new XMLHttpRequest()
    function lost() {
      wake()
      say('现在没有信号，还没有交上。填的内容已存在这部手机里，走到有信号的地方再点“' + said + '”。')
    }
    ask.open('GET', '../ping?' + Date.now())
    ask.timeout = 20000
    ask.onload = function () { if (ask.status < 400) form.submit(); else lost() }
    ask.onerror = ask.ontimeout = lost
    ask.send()
  })
})()
`
