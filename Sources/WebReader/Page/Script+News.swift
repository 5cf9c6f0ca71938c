extension Script {
  /// Others change the library too. A browser has few connections to a host, so only a page that is
  /// looked at listens.
  static let news = """
    let events = null;
    const syncing = find("[data-syncing]");

    function reload() {
      keepPlace();
      location.reload();
    }

    function offer() {
      if (find(".news")) { return; }
      const button = make("button", { onclick: reload }, data.reload);
      document.body.append(make("div", { className: "news", role: "status" }, data.news, button));
    }

    // A list is read anew by itself, unless somebody is typing on it.
    function tell(change) {
      if (sending > 0) { return setTimeout(() => tell(change), 200); }
      if (Number(change.data) <= revision) { return; }
      const isTyping = document.activeElement?.matches(fields);
      if (find("ol.articles") && !isTyping) { reload(); } else { offer(); }
    }

    function listen() {
      events?.close();
      events = null;
      if (document.hidden || !(data.news || syncing)) { return; }
      events = new EventSource(`${data.home}events?since=${revision}`);
      if (data.news) { events.addEventListener("change", tell); }
      if (!syncing) { return; }
      events.addEventListener("sync", ({ data: step }) => find("#step")?.replaceChildren(step));
      events.addEventListener("synced", reload);
    }
    document.addEventListener("visibilitychange", listen);
    addEventListener("pagehide", () => events?.close());
    addEventListener("pageshow", (event) => event.persisted && listen());
    listen();

    """
}
