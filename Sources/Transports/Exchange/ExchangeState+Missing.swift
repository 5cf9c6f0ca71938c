import LibraryStore
import Replication

// What the place tells of and did not bring (Protocol 7.4).
extension ExchangeState {
  /// What the writers of the listed files knew, as far as `known` lacks it.
  func missing(beyond known: Knowledge) -> Knowledge {
    files.reduce(into: Knowledge()) { missing, file in
      guard let lacking = file.record.lacking else { return }
      missing.formUnion(lacking.subtracting(known))
    }
  }

  /// What the files carry that were checked and not read.
  var carriedByUnread: Knowledge {
    files.reduce(into: Knowledge()) { carried, file in
      guard file.content == nil, let found = file.found else { return }
      carried.formUnion(found.carried)
    }
  }

  /// Lets go of what has come meanwhile. Returns what is to be remembered.
  mutating func settleMissing(_ known: Knowledge) -> [String: ExchangeRecord] {
    var changed: [String: ExchangeRecord] = [:]
    for index in files.indices {
      guard let lacking = files[index].record.lacking else { continue }
      let rest = lacking.subtracting(known)
      guard rest != lacking else { continue }
      files[index].record.lacking = rest.isEmpty ? nil : rest
      changed[files[index].name.text] = files[index].record
    }
    return changed
  }
}
