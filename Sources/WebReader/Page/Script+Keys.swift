extension Script {
  /// Keys as readers of news know them. Each presses what the page has for it.
  static let keys = """
    const rows = all("ol.articles > li[data-id]");
    let selected = -1;

    function select(index) {
      if (!rows[index]) { return; }
      rows[selected]?.classList.remove("selected");
      selected = index;
      rows[index].classList.add("selected");
      sessionStorage.setItem("row", JSON.stringify([rows[index].dataset.id, index]));
    }

    function show(index) {
      if (!rows[index]) { return; }
      select(index);
      find("a", rows[index]).focus({ preventScroll: true });
      rows[index].scrollIntoView({ block: "nearest" });
    }

    const press = (selector, within = document) => find(selector, within)?.click();

    function step(by) {
      if (rows.length) { return show(selected < 0 ? 0 : selected + by); }
      press(by > 0 ? "a[rel~=next]" : "a[rel~=prev]");
    }

    function open() {
      if (!rows.length) { return press("a.original"); }
      if (rows[selected]) { press("a", rows[selected]); }
    }

    // Of a mark and its opposite a page has one button; in a list its value names the article too.
    function mark(...marks) {
      if (rows.length && !rows[selected]) { return; }
      all("button[value]", rows[selected] ?? document)
        .find((button) => marks.includes(button.value.split(" ")[0]))?.click();
    }

    function nextUnread() {
      if (!rows.length) { return press("a[data-next-unread]"); }
      const unread = (row, index) => index > selected && row.classList.contains("unread");
      const next = rows.findIndex(unread);
      if (next < 0) { return; }
      select(next);
      open();
    }

    const keys = {
      j: () => step(1), k: () => step(-1), o: open, n: nextUnread,
      s: () => mark("starred", "unstarred"),
      r: () => mark("read", "unread"),
      a: () => mark("archived", "unarchived"),
      "/": () => [find("#q")?.focus(), find("#q")?.select()],
      "?": () => location.assign(data.home + "help"),
    };
    const fields = "input:not([type=checkbox], [type=radio]), textarea, select";

    addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.target.blur(); }
      if (event.target.closest(fields) || event.isComposing) { return; }
      if (event.ctrlKey || event.altKey || event.metaKey) { return; }
      if (!Object.hasOwn(keys, event.key)) { return; }
      event.preventDefault();
      keys[event.key]();
    });
    addEventListener("focusin", (event) => {
      select(rows.indexOf(event.target.closest("li[data-id]")));
    });

    """
}
