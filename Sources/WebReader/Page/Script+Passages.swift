extension Script {
  /// A passage is marked where it is selected: the page's own form is filled in and sent.
  static let passages = """
    // The words of a range as the library has them: blocks begin lines, and items have their marks.
    function plain(range) {
      const walker = document.createTreeWalker(text);
      let words = "";
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!range.intersectsNode(node)) { continue; }
        if (node.nodeType === Node.TEXT_NODE) {
          const end = node === range.endContainer ? range.endOffset : node.length;
          words += node.data.slice(node === range.startContainer ? range.startOffset : 0, end);
        } else if (range.isPointInRange(node, 0)) {
          words += sign(node);
        }
      }
      return words;
    }

    function sign(element) {
      if (element.localName === "img") { return `[image: ${element.alt}]`; }
      if (element.localName === "li") {
        const list = element.parentElement;
        return "\\n" + (list.localName === "ol"
          ? `${list.start + [...list.children].indexOf(element)}. ` : "• ");
      }
      return getComputedStyle(element).display.startsWith("inline") ? "" : "\\n";
    }

    // How often a passage begins in the text up to where it was selected.
    function count(quote, before) {
      const squeeze = (words) => words.replace(/\\s+/g, "");
      const [passage, start] = [squeeze(quote), squeeze(before)];
      let [number, from] = [1, -1];
      while ((from = (start + passage).indexOf(passage, from + 1)) >= 0 && from < start.length) {
        number += 1;
      }
      return number;
    }

    function markPassages(form) {
      const into = form.elements;
      const note = make("input", { placeholder: into.note.labels[0]?.textContent.trim() ?? "" });
      note.setAttribute("aria-label", note.placeholder);
      const bar = make("div", { className: "bar", hidden: true }, ...all("[value]", form)
        .filter((choice) => choice.name === "color" || choice.parentElement.name === "color")
        .map((choice) => {
          const name = choice.label ?? choice.labels[0].textContent.trim();
          const button = make("button", { type: "button", title: name });
          button.className = `${choice.value} color`;
          button.setAttribute("aria-label", name);
          button.onclick = () => {
            into.color.value = choice.value;
            into.note.value = note.value;
            form.requestSubmit();
          };
          return button;
        }), note);
      document.body.append(bar);

      document.addEventListener("selectionchange", () => {
        if (bar.contains(document.activeElement)) { return; }
        const selection = getSelection();
        const range = selection.rangeCount ? selection.getRangeAt(0) : null;
        bar.hidden = !range || range.collapsed || !text.contains(range.commonAncestorContainer);
        if (bar.hidden) { return; }
        const before = new Range(), box = range.getBoundingClientRect();
        before.setStart(text, 0);
        before.setEnd(range.startContainer, range.startOffset);
        const words = plain(range).trim();
        into.quote.value = words;
        // Of what stands in another part, or as the title, this page does not know how often.
        const isWhole = (text.dataset.part ?? "1") === "1" && !find("h1").innerText.includes(words);
        into.number.value = isWhole ? count(words, plain(before)) : "";
        bar.hidden = words === "";
        bar.style.top = `${box.bottom + scrollY + 8}px`;
        bar.style.left = `${Math.max(8, Math.min(box.left, innerWidth - bar.offsetWidth - 8))}px`;
      });
      note.onkeydown = (event) => {
        if (event.key === "Enter") { find("button", bar).click(); }
        if (event.key === "Escape") { bar.hidden = true; }
      };
    }
    const highlight = document.getElementById("highlight");
    if (text && highlight) { markPassages(highlight); }

    """
}
