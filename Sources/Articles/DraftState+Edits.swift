import Replication

extension DraftState {
  /// The registers that hold this state, each recorded: what the article's reader did here is theirs.
  ///
  /// What is not so (not read, no stars, an empty note) is what a register that was never written
  /// shows, and makes no edit. Throws `valueLength` for a note beyond the limit.
  func edits(for id: ArticleID) throws(ReplicationError) -> [Edit] {
    var values: [(Field, Value)] = []
    let flags = [
      (ArticleField.read, isRead), (ArticleField.starred, isStarred),
      (ArticleField.archived, isArchived),
    ]
    for (field, flag) in flags where flag == true { values.append((field, .flag(true))) }
    let numbers = [
      (ArticleField.progress, progressPercent, 100), (ArticleField.rating, rating, 5),
    ]
    for case (let field, let number?, let limit) in numbers where number > 0 {
      values.append((field, .integer(Int64(min(number, limit)))))
    }
    if let note, !note.isBlank { values.append((ArticleField.note, try .text(note))) }
    return values.map { id.edit($0.0, $0.1, .recorded(at: recordedMilliseconds)) }
  }
}
