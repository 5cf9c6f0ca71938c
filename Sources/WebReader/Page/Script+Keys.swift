extension Script {
  /// Keys as readers of news know them. Each presses what the page has for it.
  static let keys = """
    const rows = all("ol.articles > li[data-id]");
    let selected = rows.findIndex((row) => row.dataset.id === sessionStorage.getItem("row"));

    function select(index) {
      if (!rows[index]) { return; }
      rows[selected]?.classList.remove("selected");
      selected = index;
      rows[index].classList.add("selected");
      find("a", rows[index]).focus({ preventScroll: true });
      rows[index].scrollIntoView({ block: "nearest" });
      sessionStorage.setItem("row", rows[index].dataset.id);
    }

    const press = (selector, within = document) => find(selector, within)?.click();
    const step = (by) =>
      rows.length ? select(selected < 0 ? 0 : selected + by) : press(`a[rel~="${by > 0 ? "next" : "prev"}"]`);

    // A mark and its opposite are two buttons, of which a page shows one; in a list they name an article.
    function mark(...marks) {
      const buttons = all("button[value]", rows.length ? rows[selected] ?? make("p") : document);
      buttons.find((button) => marks.includes(button.value.split(" ")[0]))?.click();
    }

    function nextUnread() {
      const next = rows.findIndex((row, index) => index > selected && row.classList.contains("unread"));
      if (!rows.length) { return press("a[data-next-unread]"); }
      select(next);
      press("a", rows[next]);
    }

    const keys = {
      j: () => step(1),
      k: () => step(-1),
      o: () => (rows.length ? rows[selected] && press("a", rows[selected]) : press("a.original")),
      s: () => mark("starred", "unstarred"),
      r: () => mark("read", "unread"),
      a: () => mark("archived", "unarchived"),
      n: nextUnread,
      "/": () => find("#q").select(),
      "?": () => location.assign(data.home + "help"),
    };

    addEventListener("keydown", (event) => {
      const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select");
      if (event.key === "Escape") { event.target.blur(); }
      if (typing || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) { return; }
      if (!Object.hasOwn(keys, event.key)) { return; }
      event.preventDefault();
      keys[event.key]();
    });
    addEventListener("focusin", (event) => {
      const index = rows.indexOf(event.target.closest("li[data-id]"));
      if (index >= 0 && index !== selected) { select(index); event.target.focus(); }
    });

    """
}
