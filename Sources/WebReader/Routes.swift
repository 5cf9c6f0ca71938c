import Satchel

/// Which screen or action an address means (Protocol 11.4).
enum Routes {
  /// Answers a request that was let in.
  static func answer(_ visit: Visit) async -> WebResponse {
    var visit = visit
    do {
      visit.facts = try await visit.reader.facts.facts(of: visit.library)
      var (answer, revision) = (nil as WebResponse?, visit.facts.revision)
      switch visit.request.method {
      case .get: answer = try await show(visit)
      case .post:
        answer = try await change(visit)
        revision = try await visit.library.revision()
      }
      answer?.headers.append(("Satchel-Revision", "\(revision)"))
      return answer ?? ProblemScreen(visit: visit).nothingHere()
    } catch {
      return ProblemScreen(visit: visit).answer(error)
    }
  }
}

extension Routes {
  private static func show(_ visit: Visit) async throws(LibraryError) -> WebResponse? {
    let path = visit.request.path
    switch (path.first, path.count) {
    case (nil, _): return try await ListScreen(visit: visit).answer()
    case ("article", 2): return try await ArticleScreen(visit: visit).answer()
    case ("image", 2): return try await PictureScreen(visit: visit).answer()
    case ("tags", 1), ("sites", 1): return try await NamesScreen(visit: visit).answer()
    case ("conflicts", 1): return try await ConflictsScreen(visit: visit).answer()
    case ("bin", 1): return try await BinScreen(visit: visit).answer()
    case ("history", 1): return try await HistoryScreen(visit: visit).answer()
    case ("sync", 1): return try await SyncScreen(visit: visit).answer()
    case ("add", 1): return try await AddScreen(visit: visit).answer()
    case ("settings", 1): return try await SettingsScreen(visit: visit).answer()
    case ("help", 1): return try await HelpScreen(visit: visit).answer()
    case ("events", 1):
      let since = visit.request.query["since"].flatMap { Int64($0) }
      return WebResponse(200, body: .events(since: since ?? 0, visit.words))
    case ("style", 2), ("script", 2), ("icon", 2): return Asset.answer(path)
    default: return nil
    }
  }

  private static func change(_ visit: Visit) async throws(LibraryError) -> WebResponse? {
    let path = visit.request.path
    switch (path.first, path.count) {
    case ("article", 3): return try await ArticleAction(visit: visit).answer()
    case ("highlight", 3): return try await HighlightAction(visit: visit).answer()
    case ("bin", 2): return try await BinAction(visit: visit).answer()
    case ("tags", 2): return try await TagAction(visit: visit).answer()
    case ("views", 2): return try await ViewAction(visit: visit).answer()
    case ("list", 2): return try await ListAction(visit: visit).answer()
    case ("conflicts", 2): return try await ConflictAction(visit: visit).answer()
    case ("undo", 1): return try await UndoAction(visit: visit).answer()
    case ("sync", 1): return try await SyncAction(visit: visit).answer()
    case ("add", 1...2): return try await AddAction(visit: visit).answer()
    case ("settings", 1): return try await SettingsAction(visit: visit).answer()
    default: return nil
    }
  }
}
