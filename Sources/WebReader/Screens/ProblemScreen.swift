import Satchel

/// Says what could not be done, and why.
struct ProblemScreen {
  let visit: Visit

  /// - Parameter form: the form again, with what was typed, where one can be sent anew.
  func answer(_ error: LibraryError, form: Markup = .nothing) -> WebResponse {
    let title = visit.words(ProblemScreen.title(of: error))
    return PageFrame(visit: visit, title: title).page(
      """
      <h1>\(title)</h1>
      \(Markup.problem(visit.markup(error)))\(form)\(ways)
      """, status: ProblemScreen.status(of: error))
  }

  /// There is nothing of this address.
  func nothingHere() -> WebResponse {
    let title = visit.words(.nothingHere)
    return PageFrame(visit: visit, title: title).page(
      """
      <h1>\(title)</h1>
      \(ways)
      """, status: 404)
  }

  /// Where to go from here.
  private var ways: Markup {
    let list = visit.reader.address([], [])
    let back = visit.back.headers.first { $0.name == "Location" }?.value ?? list
    let links: [Markup] =
      (back == list ? [] : ["<a href=\"\(back)\">\(visit.words(.goBack))</a>"])
      + ["<a href=\"\(list)\">\(visit.words(.toList))</a>"]
    return "<p class=\"ways\">\(links.joined(by: " · "))</p>\n"
  }
}

extension ProblemScreen {
  static func status(of error: LibraryError) -> Int {
    switch error {
    case .noSuchArticle, .ambiguousArticle, .noSuchHighlight, .ambiguousHighlight, .noSuchRemote,
      .noSuchReplica, .noSuchTag, .noSuchOperation, .deletedArticle, .textMissing,
      .query(.noSuchView):
      404
    case .store(.busy), .nothingToUndo, .actedSince: 409
    case .store(.cannotWrite), .store(.cannotIndex), .store(.cannotRecord), .folderUnwritable,
      .fileNotWritten:
      503
    case .store(.refused): 400
    case .store, .unexpected, .secretMissing, .secretUnreadable: 500
    case .endedEarly(let error, _): status(of: error)
    default: 400
    }
  }

  private static func title(of error: LibraryError) -> Phrase {
    switch status(of: error) {
    case 404: .notFound
    case 409: .notNow
    case 500...: .cannotDo
    default: .notDone
    }
  }
}

extension Phrase {
  static let nothingHere = Phrase("There is no such page", "没有这个页面")
  static let notFound = Phrase("Not found", "没有找到")
  static let notNow = Phrase("Not now", "现在无法进行")
  static let cannotDo = Phrase("This cannot be done", "无法完成")
  static let notDone = Phrase("This was not done", "操作未完成")
  static let goBack = Phrase("Back to where you were", "返回原处")
  static let toList = Phrase("To the list", "前往列表")
}
