import Satchel

/// Which screen or action an address means (Protocol 11.4).
enum Routes {
  /// Answers a request that was let in.
  static func answer(_ visit: Visit) async -> WebResponse {
    let problem = ProblemScreen(visit: visit)
    do {
      let answer =
        switch visit.request.method {
        case .get: try await show(visit)
        case .post: try await change(visit)
        }
      return answer ?? problem.nothingHere()
    } catch {
      return problem.answer(error)
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
      return WebResponse(200, body: .events(since: since ?? 0))
    default: return nil
    }
  }

  private static func change(_ visit: Visit) async throws(LibraryError) -> WebResponse? {
    let path = visit.request.path
    switch (path.first, path.count) {
    case ("article", 3): return try await ArticleAction(visit: visit).answer()
    case ("highlight", 3): return try await HighlightAction(visit: visit).answer()
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
