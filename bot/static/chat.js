/* The chat page. Plain ES5 for old phones. All text goes in through textContent, never as markup. */
(function () {
  "use strict";
  var KEPT = 40, WAIT_MS = 30000, SHOWN_SOURCES = 3, CLAIM_MS = 2000, CALL_MS = 400;
  var log = document.getElementById("log"), form = document.getElementById("ask");
  var box = document.getElementById("message"), send = document.getElementById("send");
  var wait = document.getElementById("wait"), trouble = document.getElementById("trouble");
  var troubleText = document.getElementById("trouble-text"), again = document.getElementById("again");
  var fresh = document.getElementById("fresh"), scroll = document.getElementById("scroll");
  if (!log || !form || !window.JSON || !window.XMLHttpRequest) { return; }

  // A turn is a question {me, id, lost}, an answer {bot} or the remark {apart}. `pending` is the question that
  // waits for its answer: it is sent again with the same id, so that the server answers it once.
  var busy = false, pending = null, cut = false, turns = [], conversation = null;
  var free = null, others = null, claiming = null, page = randomId();

  function recall(key) {
    try { return JSON.parse(window.sessionStorage.getItem(key)); } catch (error) { return null; }
  }
  function keep() {
    try {
      window.sessionStorage.setItem("trolyso.conversation", JSON.stringify(conversation));
      window.sessionStorage.setItem("trolyso.turns", JSON.stringify(turns.slice(-KEPT)));
    } catch (error) { /* A full or forbidden storage only means that nothing is kept over a reload. */ }
  }

  function randomId() {
    var good = window.crypto && window.crypto.getRandomValues, text = "", bytes = [], i;
    if (good) { bytes = window.crypto.getRandomValues(new window.Uint8Array(16)); }
    for (i = 0; i < 16; i += 1) {
      text += ((good ? bytes[i] : Math.floor(Math.random() * 256)) + 256).toString(16).slice(1);
    }
    return text;
  }

  /* A tab that is duplicated, or opened from this one, gets a copy of the storage. Still only one page at a
     time goes on in a conversation: the one that holds its lock, or, where the browser has no locks (old, or
     not https), the one that nobody contradicts. `done` is told whether this page is that one; nobody else
     can have a conversation that is new. */
  function claim(name, isNew, done) {
    if (free) { free(); free = null; }
    if (!name) { done(true); return; }
    if (window.navigator.locks && window.AbortController && window.Promise) {
      lock(name, isNew, done);
    } else if (others && !isNew) {
      askOthers(name, done);
    } else {
      done(true);
    }
  }
  function lock(name, isNew, done) {
    // A page that is just being left still holds its lock for a moment; a new one is waited for as long as it takes.
    var stop = new window.AbortController(), timer = isNew ? 0 : setTimeout(function () { stop.abort(); }, CLAIM_MS);
    window.navigator.locks.request("trolyso." + name, { signal: stop.signal }, function () {
      clearTimeout(timer);
      done(true);
      return new window.Promise(function (resolve) { free = resolve; });
    }).then(null, function (error) {
      clearTimeout(timer);
      done(error.name !== "AbortError");
    });
  }
  function askOthers(name, done) {
    var mine = { name: name, taken: false };
    claiming = mine;
    others.postMessage({ who: name, page: page });
    setTimeout(function () {
      if (claiming === mine) { claiming = null; }
      done(!mine.taken);
    }, CALL_MS);
  }
  function listen() {
    if (!window.BroadcastChannel) { return; }
    others = new window.BroadcastChannel("trolyso");
    others.onmessage = function (event) {
      var said = event.data || {}, name = said.who || said.taken, both = claiming && claiming.name === name;
      if (said.who && both && page > said.page) {
        claiming.taken = true;  // Two ask at once: the same one of them gives way, whoever hears whom.
      } else if (said.who && (both || conversation === name)) {
        others.postMessage({ taken: name, page: said.page });
      } else if (said.taken && said.page === page && both) {
        claiming.taken = true;
      } else if (said.taken && said.page === page && conversation === name && !busy) {
        startApart();  // The answer of a slow phone came late.
      }
    };
  }

  function make(tag, className, text) {
    var node = document.createElement(tag);
    if (className) { node.className = className; }
    if (text) { node.textContent = text; }
    return node;
  }
  function local(url) {
    url = String(url || "");
    return /^\/(?![\/\\])/.test(url) || /^https:\/\//.test(url) ? url : "";
  }

  function tableRow(rows, cells, head) {
    var row = make("tr");
    cells.forEach(function (text, at) {
      var cell = make(!head || !at ? "th" : "td", "", text);
      if (!head) { cell.scope = "col"; } else if (!at) { cell.scope = "row"; } else { cell.setAttribute("data-label", head[at] || ""); }
      row.appendChild(cell);
    });
    rows.appendChild(row);
  }
  function prose(parent, text) {
    var list = null, table = null, head = null, lines = String(text).split("\n"), i, bullet, cells;
    for (i = 0; i < lines.length; i += 1) {
      bullet = /^\s*[-•+]\s+(.*)$/.exec(lines[i]);
      cells = lines[i].split(" | ");
      if (cells.length > 1) {
        if (!table) {
          list = null;
          head = cells;
          table = make("table", "sides");
          table.appendChild(make("thead"));
          table.appendChild(make("tbody"));
          tableRow(table.firstChild, cells, null);
          parent.appendChild(table);
        } else {
          tableRow(table.lastChild, cells, head);
        }
        continue;
      }
      table = null;
      if (bullet) {
        if (!list) { list = make("ul"); parent.appendChild(list); }
        list.appendChild(make("li", "", bullet[1]));
      } else if (lines[i].trim()) {
        list = null;
        parent.appendChild(make("p", "", lines[i].trim()));
      }
    }
  }

  function day(iso) {
    var parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso || "");
    return parts ? " ngày " + parts[3] + "/" + parts[2] + "/" + parts[1] : "";
  }
  function place(source) {
    if (source.row) { return ", STT " + source.row; }
    return source.section ? ", mục " + source.section : "";
  }
  function parted(text, all) {
    var lines = String(text).split("\n"), end = lines.length;
    while (all.length && end && /^\s*Nguồn:/.test(lines[end - 1])) { end -= 1; }
    return { body: lines.slice(0, end).join("\n"), closing: lines.slice(end) };
  }
  // The lines at the end of a text name its sources, when there is one for each of them.
  function namesIn(closing, all) {
    var fits = closing.length === all.length && all.every(function (source, at) {
      return all.length === 1 || (place(source) && (closing[at].trim() + ".").indexOf(place(source).slice(2) + ".") >= 0);
    });
    return fits ? closing.map(function (line) { return line.trim().slice(6).trim().replace(/\.$/, ""); }) : null;
  }
  function shortened(text, length) {
    return text.length > length ? text.slice(0, length - 1).replace(/ [^ ]*$/, "") + "…" : text;
  }
  function sourceLine(source, name) {
    var item = make("li"), url = local(source.url), link = make(url ? "a" : "b", "", name);
    if (url) { link.href = url; }
    item.appendChild(link);
    if (source.quote) {
      item.appendChild(make("q", "", shortened(source.quote, 180)));
    }
    return item;
  }
  function sources(parent, all, closing) {
    var part, list, more, i, names = namesIn(closing, all);
    if (!all.length) { return; }
    part = make("div", "sources");
    part.appendChild(make("span", "", names || !closing.length ? "Nguồn" : closing.join(" ")));
    list = make("ul");
    part.appendChild(list);
    for (i = 0; i < all.length; i += 1) {
      if (i === SHOWN_SOURCES && all.length > SHOWN_SOURCES + 1) {
        more = make("details");
        more.appendChild(make("summary", "", "và " + (all.length - i) + " nguồn nữa"));
        list = make("ul");
        more.appendChild(list);
        part.appendChild(more);
      }
      list.appendChild(sourceLine(all[i], names ? names[i] : all[i].document + day(all[i].date) + place(all[i])));
    }
    parent.appendChild(part);
  }
  function attachments(parent, all) {
    all.forEach(function (item) {
      var url = local(item.url), node, image, line;
      if (!url) { return; }
      node = make("a", item.kind === "image" ? "" : "file", item.kind === "image" ? "" : item.caption);
      node.href = url;
      if (item.kind === "image") {
        image = make("img");
        image.alt = item.caption;
        image.src = url;
        node.appendChild(image);
      } else {
        node.setAttribute("download", "");
      }
      line = make(item.kind === "image" ? "figure" : "p", item.kind === "image" ? "picture" : "");
      line.appendChild(node);
      parent.appendChild(line);
    });
  }
  function taps(parent, all) {
    var group;
    if (!all.length) { return; }
    group = make("div", "taps");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "Gợi ý hỏi tiếp");
    all.forEach(function (item) {
      // The number tells apart what begins alike, and is the one in the answer's text.
      var number = /^\d{1,3}$/.test(item.message) ? item.message + ". " : "";
      var button = make("button", "tap", number + item.title);
      button.type = "button";
      button.onclick = function () { ask(item.message); };
      group.appendChild(button);
    });
    parent.appendChild(group);
  }

  function showQuestion(text) {
    var node = make("div", "turn me");
    node.appendChild(make("span", "who", "Câu hỏi:"));
    node.appendChild(make("p", "", text));
    log.appendChild(node);
    return node;
  }
  function showApart() {
    log.appendChild(make("p", "apart", "Trang này được mở thêm nên bắt đầu cuộc trò chuyện mới: em không nhớ phần ở trên."));
  }
  function giveUp(turn, node) {
    turn.lost = true;
    if (node) { node.appendChild(make("p", "lost", "Câu này chưa có trả lời.")); }
  }
  function showAnswer(answer) {
    var node = make("div", "turn bot"), cited = answer.citations || [], text = parted(answer.text, cited);
    node.setAttribute("data-status", answer.status);
    node.appendChild(make("span", "who", "Trợ lý trả lời:"));
    prose(node, text.body);
    attachments(node, answer.attachments || []);
    sources(node, cited, text.closing);
    taps(node, answer.suggestions || []);
    log.appendChild(node);
    return node;
  }

  function clearTaps() {
    var old = log.querySelectorAll(".taps"), i;
    for (i = 0; i < old.length; i += 1) { old[i].parentNode.removeChild(old[i]); }
  }
  function look(node) {
    scroll.scrollTop += node.getBoundingClientRect().top - scroll.getBoundingClientRect().top - 8;
  }
  function setBusy(state) {
    busy = state;
    send.disabled = state;
    wait.textContent = state ? "Đang tìm…" : "";
  }
  function complain(message) {
    troubleText.textContent = message;
    again.hidden = !pending;
    trouble.hidden = false;
    look(trouble);
  }
  function grow() {
    box.style.height = "46px";
    box.style.height = Math.min(Math.max(box.scrollHeight + 4, 46), 150) + "px";
  }

  function ask(text) {
    var node, before = log.querySelectorAll(".me");
    text = String(text).trim();
    if (busy) { return; }
    if (!text) { box.focus(); return; }
    box.value = "";
    grow();
    if (window.innerWidth < 700) { box.blur(); } else { box.focus(); }
    if (pending && pending.me === text) { request(); return; }
    if (pending) { giveUp(pending, before[before.length - 1]); }
    clearTaps();
    node = showQuestion(text);
    pending = { me: text, id: randomId() };
    turns.push(pending);
    keep();
    fresh.hidden = false;
    request();
    look(node);
  }

  function request() {
    var call = new XMLHttpRequest(), body = { message: pending.me, turn: pending.id };
    trouble.hidden = true;
    cut = false;
    setBusy(true);
    if (conversation) { body.conversation = conversation; }
    call.open("POST", "/api/chat");
    call.setRequestHeader("Content-Type", "application/json");
    call.timeout = WAIT_MS;
    call.onload = function () { setBusy(false); receive(call); };
    call.onerror = function () {
      setBusy(false);
      cut = true;
      complain("Mất kết nối nên chưa nhận được trả lời. Câu hỏi vẫn giữ ở đây, anh chị kiểm tra mạng rồi thử lại nhé.");
    };
    call.ontimeout = function () { setBusy(false); complain("Dạ, em trả lời lâu quá. Anh chị thử lại nhé."); };
    call.send(JSON.stringify(body));
  }

  function receive(call) {
    var reply = null;
    try { reply = JSON.parse(call.responseText); } catch (error) { reply = null; }
    if (call.status === 200 && reply && typeof reply.text === "string") {
      pending = null;
      turns.push({ bot: reply });
      if (reply.conversation !== conversation) {
        conversation = reply.conversation;
        claim(conversation, true, function () { /* It is ours. */ });
      }
      keep();
      showAnswer(reply);
      look(log.lastChild.previousSibling || log.lastChild);
    } else {
      complain((reply && reply.error && reply.error.message) || "Dạ, em đang gặp trục trặc. Anh chị thử lại sau nhé.");
    }
  }

  function restore() {
    var kept = recall("trolyso.turns");
    conversation = recall("trolyso.conversation");
    if (typeof conversation !== "string") { conversation = null; }
    if (!kept || !kept.length) { return; }
    turns = kept;
    turns.forEach(function (turn) {
      var node;
      clearTaps();
      pending = null;
      if (turn.bot) { showAnswer(turn.bot); return; }
      if (turn.apart) { showApart(); return; }
      node = showQuestion(turn.me);
      if (turn.lost) { giveUp(turn, node); } else { pending = turn; }
    });
    fresh.hidden = false;
    look(log.lastChild);
  }
  function goOn() {
    busy = send.disabled = true;
    claim(conversation, false, function (mine) {
      busy = send.disabled = false;
      if (!mine) { startApart(); }
      if (pending) { complain("Câu hỏi trên chưa có trả lời."); }
    });
  }
  function startApart() {
    var asked = log.querySelectorAll(".me");
    conversation = null;
    clearTaps();
    // The page that this one was copied from gets the answer.
    if (pending) { giveUp(pending, asked[asked.length - 1]); pending = null; }
    turns.push({ apart: true });
    showApart();
    keep();
    look(log.lastChild);
  }

  function takeOverExamples() {
    var all = document.querySelectorAll(".welcome .taps form"), i;
    function submit(event) {
      event.preventDefault();
      ask(event.currentTarget.elements.message.value);
    }
    for (i = 0; i < all.length; i += 1) { all[i].addEventListener("submit", submit); }
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    ask(box.value);
  });
  box.addEventListener("input", grow);
  box.addEventListener("keydown", function (event) {
    // 229 and isComposing: the person is still choosing a word in a Vietnamese keyboard.
    if (event.keyCode === 13 && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      ask(box.value);
    }
  });
  function retry() { if (pending && !busy) { request(); } }
  again.addEventListener("click", retry);
  window.addEventListener("online", function () { if (cut) { retry(); } });
  // A page that comes back from the browser's cache let go of its lock when it was left.
  window.addEventListener("pageshow", function (event) { if (event.persisted && conversation && !busy) { goOn(); } });
  fresh.addEventListener("click", function () {
    if (busy) { return; }
    turns = [];
    pending = null;
    conversation = null;
    claim(null, true, function () { /* The lock of the old one is free. */ });
    keep();
    log.textContent = "";
    trouble.hidden = true;
    fresh.hidden = true;
    scroll.scrollTop = 0;
    box.focus();
  });

  takeOverExamples();
  listen();
  if (!log.children.length) { restore(); }
  if (conversation || pending) { goOn(); }
  if (box.value) { grow(); box.focus(); }
}());
