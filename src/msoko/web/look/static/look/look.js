/* Small comforts on top of pages that already work without any script. */
(() => {
  "use strict";
  const wide = window.matchMedia("(min-width: 75rem)");

  // A filter or a selector sends its form when it is changed. While a person types it is sent only where a part of
  // the page comes anew, and when the hand rests: a whole page would take the field away from under the hand.
  const waiting = new WeakMap();
  const sendSoon = (form, delay) => {
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => form.isConnected && form.requestSubmit(), delay));
  };
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && form.hasAttribute("data-autosubmit")) sendSoon(form, 350);
  });
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    const typed = event.target.matches("[type=search], [type=text]");
    if (typed && form && form.hasAttribute("data-autosubmit") && form.hasAttribute("hx-get")) sendSoon(form, 600);
  });

  // A part of the page may have changed the address since the form was made: it carries along what stands there now.
  const carryAlong = (form) => {
    for (const kept of form.querySelectorAll("input[data-kept]")) kept.remove();
    const own = new Set(Array.from(form.elements, (element) => element.name));
    for (const [name, value] of new URLSearchParams(location.search)) {
      if (own.has(name) || name === "page" || name.endsWith("-page")) continue;
      const kept = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      kept.setAttribute("data-kept", "");
      form.append(kept);
    }
  };
  document.addEventListener("submit", (event) => {
    if (event.target.hasAttribute("data-autosubmit")) carryAlong(event.target);
  }, true);

  // On a wide screen a long filter is never folded; where the style cannot do it, it is opened here.
  if (!CSS.supports("selector(::details-content)") && window.matchMedia("(min-width: 36rem)").matches) {
    for (const fold of document.querySelectorAll(".filters-fold")) fold.open = true;
  }

  // Menus close by a click elsewhere and by Escape, which also gives the focus back.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest && event.target.closest("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // A row opens beside the list on wide screens; with a modifier key or on narrow screens the link is a link.
  const panel = document.getElementById("panel");
  const openPanel = (address) => {
    const body = panel.querySelector(".panel-body");
    body.textContent = "Загружается…";
    panel.querySelector("[data-panel-page]").href = address;
    panel.showModal();
    htmx.ajax("GET", address, { target: body, select: "#content", swap: "innerHTML" }).catch(() => location.assign(address));
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[data-panel]");
    const plain = !event.defaultPrevented && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (!link || !plain || !panel || !window.htmx || !wide.matches) return;
    event.preventDefault();
    openPanel(link.href);
  }, true);
  if (panel) {
    panel.addEventListener("click", (event) => {
      if (event.target === panel || event.target.closest("[data-panel-close]")) panel.close();
    });
  }

  // Files can be dropped anywhere on the zone; the ordinary file field stays for the keyboard.
  const over = (event, on) => {
    const zone = event.target.closest && event.target.closest("[data-drop]");
    if (!zone) return null;
    event.preventDefault();
    zone.classList.toggle("drop-over", on);
    return zone;
  };
  document.addEventListener("dragover", (event) => over(event, true));
  document.addEventListener("dragleave", (event) => over(event, false));
  document.addEventListener("drop", (event) => {
    const zone = over(event, false);
    const field = zone && zone.querySelector("input[type=file]");
    if (!field || !event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // A picture wider than its place scrolls, so the keyboard must be able to reach it; one that fits needs no stop.
  const places = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  const watchPictures = (root) => root.querySelectorAll(".picture-drawing").forEach((place) => places.observe(place));
  watchPictures(document);
  document.addEventListener("htmx:load", (event) => watchPictures(event.target));

  // Of many tabs on a narrow screen the open one is seen.
  for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
    const row = tab.closest(".tabs");
    row.scrollLeft += tab.getBoundingClientRect().left - row.getBoundingClientRect().left - row.clientWidth / 3;
  }

  // A long submission is not sent twice.
  document.addEventListener("submit", (event) => {
    const button = event.target.querySelector("[data-once]");
    if (button) setTimeout(() => { button.disabled = true; }, 0);
  });
  window.addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("[data-once]:disabled")) button.disabled = false;
  });

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
