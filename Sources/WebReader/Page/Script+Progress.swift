extension Script {
  /// How far one has read: how much of the text has come into sight.
  static let progress = """
    function keepProgress() {
      const id = text.dataset.id, part = Number(text.dataset.part ?? 1);
      const parts = Number(text.dataset.parts ?? 1);
      let kept = Number(text.dataset.progress), timer = 0, hasMoved = false, hasEnded = false;

      const percent = () => {
        const box = text.getBoundingClientRect();
        const seen = Math.min(1, Math.max(0, (innerHeight - box.top) / box.height));
        return Math.round((part - 1 + seen) / parts * 100);
      };
      const keep = () => {
        const now = percent(), change = Math.abs(now - kept);
        clearTimeout(timer);
        timer = 0;
        if (!hasMoved || change === 0 || (change < 2 && now < 100)) { return; }
        kept = now;
        send(`article/${id}/progress`, { percent: now });
      };
      const end = () => {
        if (hasEnded || document.hidden || percent() < 100) { return; }
        [hasEnded, hasMoved] = [true, true];
        keep();
        if ("end" in data) { send(`article/${id}/mark`, { mark: "read" }); }
      };

      // Where the reader stopped, here or elsewhere, unless the browser knows a better place.
      const first = performance.getEntriesByType("navigation")[0];
      const isFresh = first?.type === "navigate" && !isBack && !location.hash;
      if (isFresh && kept > percent() && kept < 100) {
        const box = text.getBoundingClientRect();
        const seen = kept / 100 * parts - (part - 1);
        scrollTo(0, scrollY + box.top + box.height * seen - innerHeight);
      }
      if (!data.token) { return; }
      const start = scrollY;
      addEventListener("scroll", () => {
        hasMoved ||= Math.abs(scrollY - start) > 9;
        timer ||= setTimeout(keep, 10000);
        if (hasMoved) { end(); }
      }, { passive: true });
      // A text that needs no scrolling is read when it was looked at for a while.
      setTimeout(end, 5000);
      addEventListener("pagehide", keep);
      document.addEventListener("visibilitychange", () => document.hidden && keep());
    }
    if (text?.dataset.id) { keepProgress(); }

    """
}
