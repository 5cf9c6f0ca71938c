extension Script {
  /// A form leads back to the page it stands on: to the very place on it, and to the row. A row
  /// that has left the list leaves the selection to the next one.
  static let place = """
    const keepPlace = () => sessionStorage.setItem("place", JSON.stringify([here, scrollY]));
    addEventListener("submit", keepPlace);

    const [page, top] = JSON.parse(sessionStorage.getItem("place") ?? "[]");
    const [row, number] = JSON.parse(sessionStorage.getItem("row") ?? "[]");
    const isBack = page === here;
    sessionStorage.removeItem("place");
    const same = rows.findIndex((one) => one.dataset.id === row);
    if (isBack) {
      show(same < 0 && row ? Math.min(number, rows.length - 1) : same);
      scrollTo(0, top);
    } else {
      select(same);
    }

    """
}
