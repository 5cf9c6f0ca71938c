import Replication
import Transports

/// What a synchronization did, for people.
extension SyncSummary {
  /// Whether anything came or went, or is to be told.
  public var didSomething: Bool {
    merged.newOperations + merged.bodies + sentOperations + sentBodies > 0 || wasAudited
      || !merged.skipped.isEmpty || !merged.missing.isEmpty || merged.spoiltBodies > 0
      || !damagedFiles.isEmpty || refusedDelete != nil || isDoubtfulPlace
  }

  /// What came and went, in a sentence or a few.
  ///
  /// - Parameters:
  ///   - name: what the place is called.
  ///   - conflicts: what shows conflicts, where that is to be told.
  public func sentence(with name: String, conflicts: String? = nil) -> String {
    guard didSomething else { return "Nothing new at \(name)." }
    var line =
      "Synchronized with \(name): received \(Wording.count(merged.newOperations, "operation")) and "
      + "\(Wording.count(merged.bodies, "body")), sent "
      + "\(Wording.count(sentOperations, "operation")) and "
      + "\(Wording.count(sentBodies, "body")) (\(Wording.bytes(sentBytes)))."
    if merged.conflicts > 0 {
      let count = Wording.count(merged.conflicts, "conflict")
      line += " \(count)\(conflicts.map { ": \($0)" } ?? ".")"
    }
    if wasAudited {
      line +=
        " The two had diverged and sent each other everything: "
        + (merged.diverged.isEmpty
          ? "they agree again." : "they still differ. satchel check on both says more.")
    }
    if isSafeToRemove { line += " Read back and verified: safe to remove." }
    return line
  }

  /// What was not as it should be, a clause each.
  ///
  /// - Parameters:
  ///   - name: what the place is called.
  ///   - holdsFiles: whether replicas leave files for each other there.
  ///   - explaining: whether to say what becomes of files that were skipped.
  public func remarks(
    on name: String, holdsFiles: Bool, explaining: Bool = true
  ) -> [String] {
    var remarks: [String] = []
    if isDoubtfulPlace { remarks.append(SyncPlan.doubt(of: name)) }
    remarks += SkippedBundle.remarks(on: merged.skipped, explaining: explaining)
    remarks += damagedFiles.map {
      "\($0.shown) has been damaged for a day: whoever holds what it carried is asked to write it anew"
    }
    if let refusal = refusedDelete {
      remarks.append(
        "files that are not needed any more stay there, since it refuses to delete: "
          + refusal.reason)
    }
    if let spoilt = merged.spoiltText { remarks.append(spoilt) }
    if !merged.missing.isEmpty {
      remarks.append(merged.missing.missingText(fromExchange: holdsFiles))
    }
    return remarks
  }
}

extension SyncPlan {
  /// What is to be told of a place in which nothing of the library lay.
  public static func doubt(of name: String) -> String {
    "nothing of this library lay in \(name) before, and no other replica has been heard of here: if "
      + "others use it already, this is not their place"
  }
}

extension SkippedBundle {
  /// A folder may hold thousands that nobody filled: then one line tells of all.
  private static let told = 10

  /// What is to be told of files of an exchange that could not be used, a clause each.
  ///
  /// - Parameters:
  ///   - skipped: the files, in the order in which they are told.
  ///   - explaining: whether to say what becomes of them.
  public static func remarks(on skipped: [SkippedBundle], explaining: Bool = true) -> [String] {
    guard let first = skipped.first else { return [] }
    var remarks =
      skipped.count > told
      ? ["skipped \(Wording.count(skipped.count, "file")), the first of them \(first.remark)"]
      : skipped.map { "skipped \($0.remark)" }
    if explaining {
      remarks.append(
        "what else lies there is not touched by that, and what is skipped is tried again. A file "
          + "that stays damaged for a day is written anew by whoever holds what it carried.")
    }
    return remarks
  }

  private var remark: String { "\(path.shown): \(error)" }
}

extension MergeSummary {
  /// What is to be told of bodies that were thrown away; nil where none were.
  public var spoiltText: String? {
    guard spoiltBodies > 0 else { return nil }
    let (are, they) = spoiltBodies == 1 ? ("is", "it stays") : ("are", "they stay")
    return "\(Wording.count(spoiltBodies, "body")) \(are) not what the name says and was not kept; "
      + "\(they) missing and will be asked for again."
  }
}

extension Knowledge {
  /// Names these operations as those that have not arrived.
  ///
  /// - Parameter fromExchange: whether replicas leave each other files where they were not found, so
  ///   that any that holds them can bring them.
  public func missingText(fromExchange: Bool = false) -> String {
    let parts = sorted.map { replica, sequences in
      let ranges = sequences.ranges.prefix(4).map {
        $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
      }
      let rest = sequences.ranges.count > 4 ? ", …" : ""
      return "\(replica.description.prefix(8)) \(ranges.joined(separator: ", "))\(rest)"
    }
    return "\(Wording.count(count, "operation")) still missing: " + parts.joined(separator: "; ")
      + (fromExchange
        ? ". No file there brings them. A replica that holds them does, when it runs satchel sync "
          + "with this place."
        : ". Merge the bundles before it, or ask its maker for bundle create --full.")
  }
}
