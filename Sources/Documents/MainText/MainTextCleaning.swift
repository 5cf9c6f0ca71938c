extension MainTextSearch {
  /// Leaves out what is not text inside the chosen parts, inner elements before outer ones, and
  /// measures what is left.
  mutating func clean() {
    let dataTables = dataTables()
    for root in chosen.reversed() {
      let range = root..<tree.nodes[root].end
      let tabular = tabular(in: range, dataTables: dataTables)
      for index in range { measures[index] = TextMeasure() }
      for index in range.reversed() where !isLeftOut[index] {
        steps += 1
        finishMeasure(of: index)
        noteLineRuns(of: index)
        if dataTables[index] { measures[index].holdsDataTable = true }
        if isNoText(index, isTabular: tabular[index - root], isRoot: index == root) {
          isLeftOut[index] = true
          noteInput(index)
        } else if index > root {
          addToParent(index)
          if isUnmarkedParagraph(index) { measures[tree.nodes[index].parent].paragraphs += 1 }
        }
      }
    }
  }

  private func isUnmarkedParagraph(_ index: Int) -> Bool {
    tree.nodes[index].element == .division && isParagraph(index)
  }

  /// What a form asks for shows that it is one, although that itself is left out.
  private mutating func noteInput(_ index: Int) {
    if tree.nodes[index].element == .input { measures[tree.nodes[index].parent].inputs += 1 }
  }

  private mutating func noteLineRuns(of index: Int) {
    guard tree.nodes[index].element == .division, !isParagraph(index) else { return }
    let runs = lineRuns(in: index)
    measures[index].paragraphs += runs.count
    if runs.contains(where: { $0.measure.length > 0 }) { measures[index].holdsPlainText = true }
  }
}

extension MainTextSearch {
  /// Which nodes of the range are tables of data or stand in one.
  private func tabular(in range: Range<Int>, dataTables: [Bool]) -> [Bool] {
    var tabular = [Bool](repeating: false, count: range.count)
    for index in range {
      let parent = tree.nodes[index].parent
      let isInside = index > range.lowerBound && tabular[parent - range.lowerBound]
      tabular[index - range.lowerBound] = isInside || dataTables[index]
    }
    return tabular
  }

  /// Which nodes are tables that hold data rather than lay out the page.
  private func dataTables() -> [Bool] {
    tree.nodes.indices.map { index in
      let node = tree.nodes[index]
      guard node.element == .table, !isLeftOut[index] else { return false }
      let measure = measures[index]
      if node.signs.contains(.layout) { return false }
      if node.signs.contains(.data) || measure.tableHeads > 0 { return true }
      if measure.tables > 0 { return false }
      let columns = measure.rows == 0 ? 0 : (measure.cells + measure.rows - 1) / measure.rows
      return measure.rows >= 10 || columns > 4 || measure.rows * columns > 10
    }
  }

  private mutating func isNoText(_ index: Int, isTabular: Bool, isRoot: Bool) -> Bool {
    let node = tree.nodes[index]
    let measure = measures[index]
    if node.signs.contains(.sharing) && measure.length < MainTextSearch.shortText
      && !node.isText && !isRoot
    {
      return true
    }
    switch node.element {
    case .footer, .aside, .input, .control: return true
    case .embed, .plugin: return !node.signs.contains(.player)
    case .heading1, .heading2: return weight(of: index) < 0
    case .form, .table, .list: return !isTabular && isFurniture(index)
    case .division: return !isTabular && !isParagraph(index) && isFurniture(index)
    default: return false
    }
  }

  /// A shorter text than this is tried again less strictly.
  static let shortText = 500
}

// MARK: Shape

extension MainTextSearch {
  /// Whether an element looks like a list of links, a form or a gallery rather than text.
  private mutating func isFurniture(_ index: Int) -> Bool {
    guard strictness.contains(.shape), !isNear(.code, index) else { return false }
    let measure = measures[index]
    if measure.holdsDataTable { return false }
    let weight = weight(of: index)
    if weight < 0 { return true }
    if measure.commas >= 10 || measure.players > 0 { return false }
    if isNotice(index) { return true }
    let isList =
      tree.nodes[index].element == .list || measure.listLength * 10 > measure.length * 9
    guard hasShapeOfFurniture(index, weight, isList: isList) else { return false }
    return !(isList && isGallery(index, measure))
  }

  private func hasShapeOfFurniture(_ index: Int, _ weight: Int, isList: Bool) -> Bool {
    let measure = measures[index]
    let isForm = tree.nodes[index].element == .form
    let isInFigure = isNear(.figure, index)
    if !isInFigure && measure.images > 1 && measure.paragraphs * 2 < measure.images { return true }
    if !isList && measure.items - 100 > measure.paragraphs { return true }
    if isForm && measure.inputs > measure.paragraphs / 3 { return true }
    if !isList && !isInFigure && !measure.isHeadings && measure.length < 25
      && (measure.images == 0 || measure.images > 2) && measure.linkLength > 0
    {
      return true
    }
    if !isList && weight < 25 && measure.isLinked(over: 20) { return true }
    if weight >= 25 && measure.isLinked(over: 50) { return true }
    if measure.embeds == 1 && measure.length < 75 || measure.embeds > 1 { return true }
    return measure.images == 0 && !measure.holdsPlainText
  }

  /// Whether each item of a list holds one image and no more.
  private mutating func isGallery(_ index: Int, _ measure: TextMeasure) -> Bool {
    guard measure.images == measure.items else { return false }
    return children(of: index).allSatisfy { measures[$0].elements < 2 }
  }

  /// Whether all it says is that there is an advertisement, or that something is loading.
  private func isNotice(_ index: Int) -> Bool {
    guard measures[index].length < 40 else { return false }
    let text = String(
      lowercasingASCII: Array(tree.text(of: index, limit: 80).utf8)[...])
    return MainTextSearch.notices.contains(text)
  }

  private static let notices: Set<String> = [
    "ad", "advertising", "advertisement", "pub", "publicité", "werb", "werbung", "广告", "Реклама",
    "реклама", "anuncio", "loading", "loading…", "loading...", "正在加载", "正在加载...", "Загрузка",
    "загрузка", "chargement", "cargando",
  ]
}
