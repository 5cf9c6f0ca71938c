import Satchel

/// What one server's requests share.
struct ReaderState: Sendable {
  /// What stands before every address, without slashes (Protocol 11.1).
  let prefix: String
  /// Lists as readers last saw them.
  let lists = SeenLists()
  /// Which bodies are pictures.
  let pictures = KnownPictures()
  /// Has very long texts read one at a time.
  let longTexts = LongTexts()
  /// What every page says of the library.
  let facts = SeenFacts()
  /// What pages say of the library at a glance.
  let numbers = LibraryNumbers()
  /// Brings the search index up to date.
  let searching = SearchDesk()
  /// Synchronizations that run, and how the last ones ended.
  let syncing = SyncDesk()
  /// Files that wait for their reader to confirm them.
  let uploads: UploadDesk

  /// Ends with the server what pages began.
  func end() async {
    await searching.end()
    await syncing.end()
  }

  func address(_ path: [String], _ fields: [(String, String?)]) -> String {
    let place = "/\(prefix)/" + path.map(PercentText.encoded).joined(separator: "/")
    let query = fields.compactMap { name, value in
      value.flatMap { $0.isEmpty ? nil : "\(PercentText.encoded(name))=\(PercentText.encoded($0))" }
    }
    return query.isEmpty ? place : "\(place)?\(query.joined(separator: "&"))"
  }
}
