import LibraryStore
import Replication

// Reading.
extension ExchangeState {
  /// Up to so many files of one writer are compared, each with each.
  private static let comparedFiles = 1_000

  /// Those to read: not read whole, not passed over, not given up. Of a roll-up and the files it
  /// stands for, those are chosen that are shorter together.
  ///
  /// - Parameter tried: what is not to be read again now.
  func unread(but tried: Set<ExchangeName> = []) -> [ExchangeListing.File] {
    let unread = files.filter {
      $0.content == nil && !hasChanged($0) && !isGivenUp($0) && !tried.contains($0.name)
    }
    let writers = Dictionary(grouping: unread, by: \.name.replica)
    // The others are soon said of, mostly.
    guard writers.values.contains(where: { $0.count > 1 }) else { return unread.map(\.listed) }
    let contents = contentsByWriter()
    var chosen: Set<ExchangeName> = []
    for (writer, files) in writers { chosen.formUnion(choice(of: files, contents[writer] ?? [])) }
    return unread.filter { chosen.contains($0.name) }.map(\.listed)
  }

  /// Of one writer's unread files, those to read. Of very many, which no writer leaves, all are.
  private func choice(of files: [File], _ read: [Held]) -> Set<ExchangeName> {
    guard files.count <= ExchangeState.comparedFiles else { return Set(files.map(\.name)) }
    var chosen: Set<ExchangeName> = []
    var replaced: Set<ExchangeName> = []
    for file in files.sorted(by: { $0.name.numbers.count > $1.name.numbers.count })
    where !replaced.contains(file.name) {
      let inner = files.filter { $0.name != file.name && file.name.stands(for: $0.name) }
      let numbers = read.map(\.numbers) + inner.map(\.name.numbers)
      if file.name.isStoodFor(by: numbers), inner.reduce(0, { $0 + $1.length }) < file.length {
        continue
      }
      chosen.insert(file.name)
      replaced.formUnion(inner.map(\.name))
    }
    return chosen
  }

  /// What is read only while something is missing: files that were passed over, and damaged ones.
  var lastResort: [ExchangeListing.File] {
    files.filter { file in
      file.content?.isPassedOver ?? (!hasChanged(file) && isGivenUp(file))
    }.map(\.listed)
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
