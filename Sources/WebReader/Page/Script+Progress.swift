extension Script {
  /// How far one has read: how much of the text has come into sight.
  static let progress = """
    function keepProgress() {
      const id = text.dataset.id;
      let kept = Number(text.dataset.progress), timer = 0, hasMoved = false, wasAtEnd = false;

      const percent = () => {
        const box = text.getBoundingClientRect();
        return Math.round(Math.min(1, Math.max(0, (innerHeight - box.top) / box.height)) * 100);
      };
      const keep = () => {
        const now = percent(), change = Math.abs(now - kept);
        clearTimeout(timer);
        timer = 0;
        if (!hasMoved || change === 0 || (change < 2 && now < 100)) { return; }
        kept = now;
        send(`article/${id}/progress`, { percent: now });
      };

      const first = performance.getEntriesByType("navigation")[0];
      if (first?.type === "navigate" && !isBack && !location.hash && kept > percent() && kept < 100) {
        const box = text.getBoundingClientRect();
        scrollTo(0, scrollY + box.top + box.height * kept / 100 - innerHeight);
      }
      if (!data.token) { return; }
      addEventListener("wheel", () => { hasMoved = true; }, { passive: true });
      addEventListener("touchmove", () => { hasMoved = true; }, { passive: true });
      addEventListener("keydown", () => { hasMoved = true; });
      addEventListener("pointerdown", () => { hasMoved = true; });
      addEventListener("scroll", () => {
        timer ||= setTimeout(keep, 10000);
        if (!hasMoved || wasAtEnd || percent() < 100) { return; }
        wasAtEnd = true;
        keep();
        if ("end" in data) { send(`article/${id}/mark`, { mark: "read" }); }
      }, { passive: true });
      addEventListener("pagehide", keep);
      document.addEventListener("visibilitychange", () => document.hidden && keep());
    }
    if (text?.dataset.id) { keepProgress(); }

    """
}
