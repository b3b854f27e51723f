/* Reverse mentoring: submit a form, see one region change. One script for all blocks; inert until initialised.
   Every sentence comes from the server. */
(function () {
  "use strict";

  var PENDING = "data-rm-pending";

  function cookie(name) {
    var match = document.cookie.match("(?:^|; )" + name + "=([^;]*)");
    return match ? decodeURIComponent(match[1]) : "";
  }

  /* What a person types is kept for this tab until the server has it, and only for the person who typed it. */
  function drafts(root) {
    var owner = "rm:" + root.dataset.rmOwner + ":";
    var prefix = owner + root.dataset.rmId + ":";
    function key(form) {
      return prefix + form.getAttribute("action") + ":" + (form.dataset.rmDraft || "");
    }
    function store(act) {
      try {
        return act(window.sessionStorage);
      } catch (error) {
        return null; /* storage is off or full: the page works without drafts */
      }
    }
    return {
      dropOthers: function () { /* whoever sat here before has left: what they typed goes with them */
        store(function (session) {
          Object.keys(session).forEach(function (name) {
            if (name.indexOf("rm:") === 0 && name.indexOf(owner) !== 0) { session.removeItem(name); }
          });
        });
      },
      keep: function (form) {
        store(function (session) {
          session.setItem(key(form), new URLSearchParams(new FormData(form)).toString());
        });
      },
      drop: function (form) {
        store(function (session) { session.removeItem(key(form)); });
      },
      restore: function (form) {
        var kept = store(function (session) { return session.getItem(key(form)); });
        if (!kept) { return; }
        var values = new URLSearchParams(kept);
        Array.prototype.forEach.call(form.elements, function (control) {
          if (!control.name || control.type === "hidden") { return; }
          if (control.type === "radio" || control.type === "checkbox") {
            control.checked = values.getAll(control.name).indexOf(control.value) !== -1;
          } else if (values.has(control.name)) {
            control.value = values.get(control.name);
          }
        });
      }
    };
  }

  function start(root) {
    var live = root.querySelector("[data-rm-live]");
    var kept = drafts(root);

    function say(sentence) {
      live.textContent = "";
      window.setTimeout(function () { live.textContent = sentence; }, 50);
    }

    /* What is wrong is said by the server, in the page and in the reader's language, not in the browser's bubbles. */
    function prepare(scope) {
      scope.querySelectorAll("[data-rm-form]").forEach(function (form) { form.noValidate = true; });
      scope.querySelectorAll("[data-rm-form][data-rm-draft]").forEach(kept.restore);
      scope.querySelectorAll("[data-rm-again]").forEach(function (form) { /* looks again by itself, and quietly */
        window.setTimeout(function () { if (form.isConnected) { send(form, null, true); } }, 1000 * form.dataset.rmAgain);
      });
    }

    function show(region, html, isQuiet) {
      var moveFocus = !isQuiet || region.contains(document.activeElement), held = isQuiet && document.activeElement.id;
      region.innerHTML = html;
      var target = (held && document.getElementById(held)) || region.querySelector("[data-rm-focus]");
      if (moveFocus) {
        target = target || region.querySelector("h3, h4") || region;
        if (!target.hasAttribute("tabindex")) { target.setAttribute("tabindex", "-1"); }
        target.focus({ preventScroll: true });
        target.scrollIntoView({ block: "nearest" });
      }
    }

    function stop(form, sentence) {
      var trouble = form.querySelector("[data-rm-trouble]") || document.createElement("p");
      trouble.className = "rm-error";
      trouble.setAttribute("data-rm-trouble", "");
      trouble.textContent = sentence;
      form.append(trouble);
      say(sentence);
    }

    function send(form, submitter, isQuiet) {
      if (form.hasAttribute(PENDING)) { return; }
      form.setAttribute(PENDING, "");
      var body = new URLSearchParams(new FormData(form));
      if (submitter && submitter.name) { body.append(submitter.name, submitter.value); }
      var region = root.querySelector('[data-rm-region="' + form.dataset.rmInto + '"]');
      fetch(form.getAttribute("action"), {
        method: "POST",
        body: body,
        credentials: "same-origin",
        headers: { "X-CSRFToken": cookie("csrftoken"), "RM-Request": "1" }
      }).then(function (answer) {
        if (answer.headers.get("RM-Region") !== form.dataset.rmInto) {
          var signedOut = answer.redirected || answer.status === 401 || answer.status === 403;
          stop(form, signedOut ? root.dataset.rmExpired : root.dataset.rmFailed);
          return null;
        }
        return answer.text().then(function (html) {
          if (answer.ok) {
            kept.drop(form);
            root.querySelectorAll('[data-rm-draft="' + form.dataset.rmDrops + '"]').forEach(kept.drop);
          }
          show(region, html, isQuiet);
          prepare(region);
          var sentence = decodeURIComponent(answer.headers.get("RM-Announce") || "");
          if (sentence || !isQuiet) { say(sentence); }
        });
      }).catch(function () {
        stop(form, root.dataset.rmOffline);
      }).then(function () { form.removeAttribute(PENDING); });
    }

    root.addEventListener("submit", function (event) {
      var form = event.target.closest("[data-rm-form]");
      if (!form) { return; }
      event.preventDefault();
      send(form, event.submitter);
    });
    root.addEventListener("input", function (event) {
      var form = event.target.closest("[data-rm-form][data-rm-draft]");
      if (form) { kept.keep(form); }
    });
    root.addEventListener("change", function (event) {
      var box = event.target.dataset.rmReads && document.getElementById(event.target.dataset.rmReads);
      var file = box && event.target.files[0];
      if (box && box.type === "hidden") { /* takes the bytes themselves, packed where the browser can */
        var reader = new FileReader(), zip = window.CompressionStream && new CompressionStream("gzip");
        box.value = "";
        reader.onload = function () { box.value = reader.result; };
        Promise.resolve(file && zip ? new Response(file.stream().pipeThrough(zip)).blob() : file)
          .then(function (blob) { if (blob) { reader.readAsDataURL(blob); } });
      } else if (file) {
        file.text().then(function (text) { box.value = text; });
      }
    });
    root.addEventListener("click", function (event) {
      if (event.target.closest("[data-rm-print]")) { window.print(); }
      var link = event.target.closest("[data-rm-jump]");
      var target = link && document.getElementById(link.dataset.rmJump);
      if (!target) { return; }
      event.preventDefault();
      event.stopPropagation();
      (target.matches("fieldset") ? target.querySelector("input") || target : target).focus();
    });
    kept.dropOthers();
    prepare(root);
  }

  window.ReverseMentoringBlock = function (runtime, element) {
    var root = (element.jquery ? element[0] : element).querySelector("[data-rm-block]");
    if (root && !root.rmStarted) {
      root.rmStarted = true;
      start(root);
    }
  };

  /* In Studio an editor of ours stands below the stock form, which has a script of its own. */
  window.ReverseMentoringStudio = function (runtime, element) {
    window.StudioEditableXBlockMixin(runtime, element);
    window.ReverseMentoringBlock(runtime, element);
  };
})();
