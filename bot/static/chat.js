/* The chat page. Plain ES5 for old phones. All text goes in through textContent, never as markup. */
(function () {
  "use strict";
  var KEPT = 40, WAIT_MS = 30000, SHOWN_SOURCES = 3;
  var log = document.getElementById("log"), form = document.getElementById("ask");
  var box = document.getElementById("message"), send = document.getElementById("send");
  var wait = document.getElementById("wait"), trouble = document.getElementById("trouble");
  var troubleText = document.getElementById("trouble-text"), again = document.getElementById("again");
  var fresh = document.getElementById("fresh"), scroll = document.getElementById("scroll");
  if (!log || !form || !window.JSON || !window.XMLHttpRequest) { return; }

  var busy = false, failed = null, turns = [], conversation = null;

  function recall(key) {
    try { return JSON.parse(window.sessionStorage.getItem(key)); } catch (error) { return null; }
  }
  function keep() {
    try {
      window.sessionStorage.setItem("trolyso.conversation", JSON.stringify(conversation));
      window.sessionStorage.setItem("trolyso.turns", JSON.stringify(turns.slice(-KEPT)));
    } catch (error) { /* A full or forbidden storage only means that nothing is kept over a reload. */ }
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
  function sourceName(source) {
    var name = source.document + day(source.date);
    if (source.row) { return name + ", STT " + source.row; }
    return source.section ? name + ", mục " + source.section : name;
  }
  function sourceLine(source) {
    var item = make("li"), url = local(source.url), link = make(url ? "a" : "b", "", sourceName(source));
    if (url) { link.href = url; }
    item.appendChild(link);
    if (source.quote) {
      item.appendChild(make("q", "", source.quote.length > 180 ? source.quote.slice(0, 179) + "…" : source.quote));
    }
    return item;
  }
  function sources(parent, all) {
    var part, list, more, i;
    if (!all.length) { return; }
    part = make("div", "sources");
    part.appendChild(make("span", "", "Nguồn"));
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
      list.appendChild(sourceLine(all[i]));
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
      var button = make("button", "tap", item.title);
      button.type = "button";
      button.onclick = function () { ask(item.message); };
      group.appendChild(button);
    });
    parent.appendChild(group);
  }

  function showQuestion(text) {
    var node = make("div", "turn me");
    node.appendChild(make("span", "who", "Bạn hỏi:"));
    node.appendChild(make("p", "", text));
    log.appendChild(node);
    return node;
  }
  function showAnswer(answer) {
    var node = make("div", "turn bot");
    node.setAttribute("data-status", answer.status);
    node.appendChild(make("span", "who", "Trợ lý trả lời:"));
    prose(node, answer.text);
    attachments(node, answer.attachments || []);
    sources(node, answer.citations || []);
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
  function complain(message, question) {
    failed = question;
    troubleText.textContent = message;
    again.hidden = !question;
    trouble.hidden = false;
    look(trouble);
  }
  function grow() {
    box.style.height = "46px";
    box.style.height = Math.min(Math.max(box.scrollHeight + 4, 46), 150) + "px";
  }

  function ask(text) {
    var node;
    text = String(text).trim();
    if (busy) { return; }
    if (!text) { box.focus(); return; }
    clearTaps();
    node = showQuestion(text);
    turns.push({ me: text });
    fresh.hidden = false;
    box.value = "";
    grow();
    if (window.innerWidth < 700) { box.blur(); } else { box.focus(); }
    request(text);
    look(node);
  }

  function request(text) {
    var call = new XMLHttpRequest();
    trouble.hidden = true;
    setBusy(true);
    call.open("POST", "/api/chat");
    call.setRequestHeader("Content-Type", "application/json");
    call.timeout = WAIT_MS;
    call.onload = function () { setBusy(false); receive(call, text); };
    call.onerror = function () { setBusy(false); complain("Không kết nối được với trợ lý. Bạn kiểm tra mạng rồi thử lại nhé.", text); };
    call.ontimeout = function () { setBusy(false); complain("Trợ lý trả lời lâu quá. Bạn thử lại nhé.", text); };
    call.send(JSON.stringify(conversation ? { message: text, conversation: conversation } : { message: text }));
  }

  function receive(call, text) {
    var reply = null;
    try { reply = JSON.parse(call.responseText); } catch (error) { reply = null; }
    if (call.status === 200 && reply && typeof reply.text === "string") {
      conversation = reply.conversation;
      turns.push({ bot: reply });
      keep();
      showAnswer(reply);
      look(log.lastChild.previousSibling || log.lastChild);
    } else {
      complain((reply && reply.error && reply.error.message) || "Trợ lý đang gặp trục trặc. Bạn thử lại sau nhé.", text);
    }
  }

  function restore() {
    var kept = recall("trolyso.turns");
    conversation = recall("trolyso.conversation");
    if (typeof conversation !== "string") { conversation = null; }
    if (!kept || !kept.length) { return; }
    turns = kept;
    turns.forEach(function (turn) {
      clearTaps();
      if (turn.bot) { showAnswer(turn.bot); } else { showQuestion(turn.me); }
    });
    fresh.hidden = false;
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
  again.addEventListener("click", function () { if (failed && !busy) { request(failed); } });
  fresh.addEventListener("click", function () {
    if (busy) { return; }
    turns = [];
    conversation = null;
    keep();
    log.textContent = "";
    trouble.hidden = true;
    fresh.hidden = true;
    scroll.scrollTop = 0;
    box.focus();
  });

  takeOverExamples();
  if (!log.children.length) { restore(); }
  if (box.value) { grow(); box.focus(); }
}());
