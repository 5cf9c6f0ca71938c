import Satchel

/// How synchronizations stand, as pages and their events say it.
struct SyncWords {
  let words: Words

  init(_ words: Words) { self.words = words }

  /// How far it is.
  func text(_ progress: WorkProgress?) -> String {
    guard let progress else { return words(.syncBegins) }
    let step: Phrase =
      switch progress.step {
      case .work: .synchronizing
      case .checking: .checking
      case .indexing: .indexes
      case .readingBack: .readingBack
      }
    let unit = SyncWords.unit(progress.unit)
    let counts: Phrase =
      progress.unit == .bytes
      ? Phrase(
        "\(Wording.bytes(progress.done)) of \(Wording.bytes(progress.total))",
        "\(Wording.bytes(progress.done)) / \(Wording.bytes(progress.total))")
      : Phrase(
        "\(Wording.number(progress.done)) of \(Wording.number(progress.total)) \(unit.english)",
        "\(Wording.number(progress.done)) / \(Wording.number(progress.total)) \(unit.chinese)")
    return words(step) + words(Phrase(": ", "：")) + words(counts)
  }

  private static func unit(_ unit: WorkProgress.Unit) -> Phrase {
    switch unit {
    case .articles: Phrase("articles", "篇文章")
    case .pages: Phrase("pages", "页")
    case .frames: Phrase("frames", "个数据块")
    case .bytes: Phrase("bytes", "字节")
    case .files: Phrase("files", "个文件")
    case .rows: Phrase("rows", "行")
    }
  }

  /// What came and went.
  func sentence(_ summary: SyncSummary, _ name: String) -> String {
    guard words.language == .chinese else { return summary.sentence(with: name) }
    guard summary.didSomething else { return "与 \(name) 同步：没有新内容。" }
    let merged = summary.merged
    var text =
      "已与 \(name) 同步：收到 \(Wording.number(merged.newOperations)) 项变更和 "
      + "\(Wording.number(merged.bodies)) 个文件，送出 \(Wording.number(summary.sentOperations)) 项变更和 "
      + "\(Wording.number(summary.sentBodies)) 个文件（\(Wording.bytes(summary.sentBytes, in: words))）。"
    if merged.conflicts > 0 { text += "有 \(Wording.number(merged.conflicts)) 处冲突。" }
    if summary.wasAudited {
      text += "双方曾经不一致，已互相发送全部内容："
      text += merged.diverged.isEmpty ? "现在一致了。" : "仍不一致，请在两边运行 satchel check。"
    }
    if summary.isSafeToRemove { text += "已读回核对，可以安全移除。" }
    return text
  }

  /// What was not as it should be.
  func remarks(_ summary: SyncSummary, _ remote: NamedTarget) -> [String] {
    guard words.language == .chinese else {
      let holdsFiles = (try? SyncTarget(remote.target))?.holdsFiles ?? false
      return summary.remarks(on: remote.name, holdsFiles: holdsFiles).map(\.capitalizedSentence)
    }
    let merged = summary.merged
    let remarks: [String?] = [
      summary.isDoubtfulPlace
        ? "\(remote.name) 中原先没有本文库的内容，也没有听说过其他副本：如果别处已在使用，这里可能不是同一个位置。" : nil,
      merged.skipped.isEmpty ? nil : "跳过了 \(merged.skipped.count) 个无法使用的文件，下次会再试。",
      summary.damagedFiles.isEmpty
        ? nil : "\(summary.damagedFiles.count) 个文件已损坏一天，拥有其内容的副本会重新写出。",
      summary.refusedDelete == nil ? nil : "该位置不允许删除，不再需要的文件留在了那里。",
      merged.spoiltBodies == 0 ? nil : "\(merged.spoiltBodies) 个文件与名称不符，未保留，会再次索取。",
      merged.missing.isEmpty
        ? nil : "仍缺少 \(Wording.number(merged.missing.count)) 项变更；拥有它们的副本同步后即可补上。",
    ]
    return remarks.compactMap { $0 }
  }
}

extension Wording {
  /// Sizes, of which English alone spells the smallest unit.
  static func bytes(_ count: Int, in words: Words) -> String {
    words.language == .chinese && count < 1_000 ? "\(count) 字节" : bytes(count)
  }
}

extension Phrase {
  static let waitsForOther = Phrase("waits for the one before it", "等待前一个同步完成")
  static let syncBegins = Phrase("Beginning", "正在开始")
  static let synchronizing = Phrase("Synchronizing", "正在同步")
  static let checking = Phrase("Checking", "正在检查")
  static let indexes = Phrase("Indexing", "正在建立索引")
  static let readingBack = Phrase("Reading back", "正在读回核对")
}
