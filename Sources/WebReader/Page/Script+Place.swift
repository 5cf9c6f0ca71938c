extension Script {
  /// A form leads back to the page it stands on: to the very place on it.
  static let place = """
    addEventListener("submit", () => {
      sessionStorage.setItem("place", JSON.stringify([location.pathname + location.search, scrollY]));
    });
    const [page, top] = JSON.parse(sessionStorage.getItem("place") ?? "[]");
    sessionStorage.removeItem("place");
    const isBack = page === location.pathname + location.search;
    if (isBack) {
      scrollTo(0, top);
      select(selected);
    }

    """
}
