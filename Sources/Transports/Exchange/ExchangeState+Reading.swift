import LibraryStore
import Replication

// Reading.
extension ExchangeState {
  /// Up to so many files of one writer are compared, each with each.
  private static let comparedFiles = 1_000

  /// Those to read: not read whole, not passed over, not given up, not tried. Of a roll-up and the
  /// files it stands for, those are chosen that are shorter together.
  ///
  /// Indices, here and below, since there may be very many.
  func unread() -> [Int] {
    let unread = withoutLeft(files.indices.filter { isUnread(files[$0]) })
    var contents: [ReplicaID: [Held]]?
    var chosen: [Int] = []
    var rest = unread[...]
    // Those that are not read were listed, so each writer's stand together.
    while let first = rest.first {
      let writer = files[first].name.replica
      let own = rest.prefix { files[$0].name.replica == writer }
      rest = rest.dropFirst(own.count)
      guard (2...ExchangeState.comparedFiles).contains(own.count) else {
        // Of very many, which no writer leaves, all are read.
        chosen += own
        continue
      }
      let read = contents ?? contentsByWriter()
      contents = read
      chosen += choice(of: Array(own), read[writer] ?? [])
    }
    return chosen
  }

  /// Of those to read, those that were not checked either.
  func unchecked(of unread: [Int]) -> [Int] { unread.filter { files[$0].found == nil } }

  /// Those to read, which are not to be read again now.
  mutating func takeUnread() -> [Int] {
    let unread = unread()
    for index in unread { files[index].isTried = true }
    return unread
  }

  func isUnread(_ file: File) -> Bool {
    file.content == nil && !file.isTried && !hasChanged(file) && !isGivenUp(file)
  }

  /// Of one writer's unread files, those to read.
  private func choice(of indices: [Int], _ read: [Held]) -> [Int] {
    let unread = indices.map { files[$0] }
    var chosen: Set<ExchangeName> = []
    var replaced: Set<ExchangeName> = []
    for file in unread.sorted(by: { $0.name.numbers.count > $1.name.numbers.count })
    where !replaced.contains(file.name) {
      let inner = unread.filter { $0.name != file.name && file.name.stands(for: $0.name) }
      let numbers = read.map(\.numbers) + inner.map(\.name.numbers)
      if file.name.isStoodFor(by: numbers), inner.reduce(0, { $0 + $1.length }) < file.length {
        continue
      }
      chosen.insert(file.name)
      replaced.formUnion(inner.map(\.name))
    }
    return indices.filter { chosen.contains(files[$0].name) }
  }

  /// What was read, written or passed over before, and lies there still.
  var readBefore: [Int] {
    files.indices.filter { files[$0].content != nil }
  }

  /// What is read only while something is missing: files that were passed over, and damaged ones.
  var lastResort: [Int] {
    withoutLeft(
      files.indices.filter { index in
        let file = files[index]
        return file.content?.isPassedOver ?? (!hasChanged(file) && isGivenUp(file))
      })
  }

  /// Whether it was read whole and has another length now: what it held is here.
  func hasChanged(_ file: File) -> Bool {
    file.record.content.map { $0.length != file.length } ?? false
  }

  /// Whether it is named as damaged, and not changed since it could not be read here.
  private func isGivenUp(_ file: File) -> Bool {
    file.damagedSince != nil && file.record.fault?.length ?? file.length == file.length
  }
}
