import Articles

// What is remembered of imported folders and repositories (Protocol 5.13).
extension ReplicaStore {
  /// What is remembered of a source; nil where it was never imported.
  package nonisolated func source(at place: String) async throws(StoreError) -> RememberedSource? {
    try await view { try SourceTable.source(at: place, $0) }
  }

  /// The pages that a source had when it was imported last.
  package nonisolated func pages(ofSource place: String) async throws(StoreError)
    -> [RememberedPage]
  {
    try await view { try SourceTable.pages(of: place, $0) }
  }

  /// The pages of a source that name any of these images.
  package nonisolated func pages(
    naming images: Set<String>, inSource place: String
  ) async throws(StoreError) -> Set<String> {
    guard !images.isEmpty else { return [] }
    return try await view { try SourceTable.pages(naming: images, in: place, $0) }
  }

  /// Notes what an import saw of its sources, once it has written all of it, and says which articles
  /// they have no more.
  ///
  /// - Parameter dryRun: whether all of it is taken back.
  package func settle(
    _ surveys: [SourceSurvey], dryRun: Bool
  ) throws(StoreError) -> SourceState {
    try change(dryRun: dryRun) { transaction in
      let table = SourceTable(transaction)
      var known: [String: Set<ArticleID>] = [:]
      for survey in surveys {
        known[survey.place] = Set(try table.goneArticles(of: survey.place).map(\.id))
      }
      for survey in surveys { try table.note(survey) }
      var state = SourceState()
      var told: Set<ArticleID> = []
      for survey in surveys {
        for (id, page, isMarked) in try table.goneArticles(of: survey.place)
        where !surveys.contains(where: { $0.hasArticle(id) }) && told.insert(id).inserted {
          state.add(
            GoneArticle(
              id: id, source: survey.place, page: page, isMarked: isMarked,
              isNew: known[survey.place]?.contains(id) == false))
        }
        state.count(try table.articleCount(of: survey.place), of: survey.place)
      }
      return state
    }
  }

  /// Puts articles into the bin whose pages are gone, in one transaction, and forgets those pages: who
  /// takes that back has the articles for good.
  ///
  /// - Parameters:
  ///   - action: what it is undone with.
  ///   - dryRun: whether all of it is taken back.
  package func prune(
    _ ids: [ArticleID], action: ActionLabel?, now: Int64, dryRun: Bool
  ) throws(StoreError) -> Written {
    try changeOwn(now: now, dryRun: dryRun) { transaction in
      transaction.action = action
      let written = try LocalWrite(transaction).write(ids.flatMap(\.withdrawal), now: now)
      try SourceTable(transaction).forgetGone(written.changed)
      return written
    }
  }
}
