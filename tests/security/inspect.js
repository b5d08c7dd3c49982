// What must not stand in a page that holds strangers' texts, told of the element tree that the browser
// made of it. Run in the page, for its own document and those of frames of the same origin.
([own, depth]) => {
  const PARTS = /^\/(?:theme\/js\/|search\/)/;
  const look = (document, where) => {
    const found = [];
    const say = (what, element) => found.push(`${where} ${what}: ${element.outerHTML.slice(0, 160)}`);
    const at = (selector, what, holds = () => true) => {
      for (const element of document.querySelectorAll(selector)) if (holds(element)) say(what, element);
    };
    const host = (address) => {
      try {
        return new URL(address, document.baseURI);
      } catch {
        return { protocol: "", origin: "none" };
      }
    };
    at("script", "a script", (one) => {
      if (one.type === "application/ld+json") {
        try {
          return JSON.parse(one.textContent)["@type"] !== "ScholarlyArticle";
        } catch {
          return true;
        }
      }
      const src = host(one.getAttribute("src") ?? "none:");
      return src.origin !== own || !PARTS.test(src.pathname);
    });
    at("iframe, object, embed, frame, frameset, base, style, applet, portal, marquee, dialog, template",
      "an element", (one) => !one.hasAttribute("data-grid"));
    at("body meta, body link, body title", "a part of the head");
    at("meta[http-equiv]", "a meta element", (one) => {
      const kind = one.httpEquiv.toLowerCase();
      if (kind === "refresh") return !/^0; ?url=[./a-z0-9_-]*$/i.test(one.content);
      return kind !== "content-security-policy";
    });
    at("head link", "a link", (one) => {
      const rel = one.relList;
      return !["canonical", "alternate"].includes(one.rel) && host(one.href).origin !== own
        && !(rel.contains("icon") || rel.contains("stylesheet"));
    });
    at("form", "a form", (one) => !one.matches(".find, .search, [data-interests] form"));
    at("input, select, textarea", "a field", (one) => !one.closest(".find, .search, .filters, [data-import], .shelf-tools, .sorting, [data-shelf], [data-searches]"));
    at("img, image, video, audio, source, track, picture", "what loads", (one) => {
      const asked = one.getAttribute("src");
      return one.localName !== "img" || !one.closest(".prose") || (asked !== null && host(asked).origin !== own);
    });
    at("svg", "an image", (one) => !one.closest(".trend, .rising, figure, header, button"));
    at("a, area", "a link that runs", (one) => {
      if (one.hasAttribute("xlink:href")) return true;
      return one.hasAttribute("href") && !["http:", "https:", "mailto:", "blob:"].includes(one.protocol);
    });
    const ids = new Set();
    const PLAIN = /^(?:on|style$|srcdoc$|formaction$|ping$|background$|poster$|srcset$|xlink|is$|slot$|autofocus$|contenteditable$|popover)/;
    for (const element of document.querySelectorAll("*")) {
      for (const { name } of element.attributes) if (PLAIN.test(name) && !element.dataset?.grid) say(`an attribute ${name}`, element);
      if (!element.id) continue;
      // A static page may name its headings; the page's own parts come first.
      if (ids.has(element.id) && !element.matches(".prose :is(h2, h3, h4)")) say("an id again", element);
      ids.add(element.id);
    }
    if (depth) {
      for (const frame of document.querySelectorAll("iframe[data-grid]")) {
        const inner = frame.contentDocument;
        if (!inner) found.push(`${where} a frame that went away: ${frame.dataset.grid}`);
        else found.push(...look(inner, frame.dataset.grid));
      }
    }
    return found;
  };
  return look(document, location.pathname);
}
