import Satchel

/// What errors say on pages. In English that is what the tool says; what layers below say in
/// English alone stands as it is, and is marked so.
extension LibraryError {
  /// What happened and what was kept.
  func event(_ words: Words) -> Markup {
    switch words.language {
    case .english: "\(message.capitalizedSentence)"
    case .chinese: chineseEvent + (chineseKept.map { " \($0)" } ?? .nothing)
    }
  }

  private var chineseEvent: Markup {
    switch self {
    case .store(let error): error.chinese
    case .placeEmptied(let path):
      "\(path) 中原有的本文库内容现已不在：可能未挂载、已被清空，或已指向别处。"
    case .placeOfAnotherLibrary(let path): "\(path) 中是另一个文库的文件，没有本文库的内容。"
    case .connection(let target, let error): "无法与 \(target) 同步：\(error.chinese)。"
    case .session(let target, let error): "无法与 \(target) 同步：\(Markup.english("\(error)"))。"
    case .folderNotSynchronized(let path, let error): "无法与 \(path) 同步：\(error.chinese)。"
    case .noSuchArticle(let name): "没有名为 \(name) 的文章。"
    case .ambiguousArticle(let name, let ids): "\(name) 对应多篇文章：\(ids.joined(separator: "、"))。"
    case .noSuchReplica(let name, _): "没有名为 \(name) 的副本，或有多个同名副本。"
    case .noSuchRemote(let name): "没有名为 \(name) 的同步位置。"
    case .noSuchOperation: "这项内容已不存在，可能刚刚被处理过。"
    case .noSuchHighlight(let name): "没有名为 \(name) 的高亮。"
    case .ambiguousHighlight(let name, let ids): "\(name) 对应多个高亮：\(ids.joined(separator: "、"))。"
    case .textMissing(let name): "\(name) 的正文不在本机。"
    case .noSuchPassage: "正文中没有这段文字。"
    case .ambiguousPassage(1): "这段文字在正文中只出现一次。"
    case .ambiguousPassage(let count): "这段文字在正文中出现了 \(count) 次。"
    case .deletedArticle(let name): "\(name) 已被删除。"
    case .nothingMatches: "没有符合条件的文章。"
    case .nothingToUndo: "没有可以撤销的操作。"
    case .actedSince: "此后又有新的操作。"
    case .noSuchTag(let name, _): "没有文章带有标签“\(name)”。"
    case .filter(let error): "\(error.chinese)。"
    case .query(let error): error.chinese
    case .importUnreadable(let path, let reason): "无法读取 \(path)：\(Markup.english("\(reason)"))。"
    case .fileNotRead(let error): "无法读取文件：\(Markup.english("\(error)"))。"
    case .programMissing(let name): "本机没有安装 \(name)。"
    case .cancelled: "操作已中断。"
    case .endedEarly(let error, _): error.chineseEvent
    case .invalid(let reason): "输入无效：\(Markup.english(reason))。"
    default: "操作失败：\(Markup.english(message))"
    }
  }

  private var chineseKept: Markup? {
    switch self {
    case .filter, .query, .store(.cannotIndex), .store(.noLibrary), .store(.cannotRead): nil
    case .endedEarly(_, .merged(let operations, let bodies)):
      "已合并的 \(operations) 项变更和 \(bodies) 个文件保留了下来。"
    case .endedEarly(_, .imported(let added, let changed)):
      "已添加 \(added) 篇、已更新 \(changed) 篇，这些都保留了下来。"
    case .endedEarly(_, .fetched(let pictures)): "已取回的 \(pictures) 张图片保留了下来。"
    case .endedEarly(_, .exported(let articles)): "已写出的 \(articles) 篇文章保留了下来。"
    default: "没有任何改动。"
    }
  }

  /// What to do; nil where nothing helps.
  func remedy(_ words: Words) -> Markup? {
    let own: Phrase?
    switch self {
    case .noSuchArticle, .ambiguousArticle:
      own = Phrase("Look for it in the list.", "请在列表中查找。")
    case .noSuchRemote: own = Phrase("Reload the page to see those there are.", "请重新加载页面查看现有位置。")
    case .noSuchOperation: own = Phrase("Reload the page to see what is left.", "请重新加载页面查看其余内容。")
    case .noSuchHighlight, .ambiguousHighlight:
      own = Phrase("Reload the article to see its highlights.", "请重新打开文章查看高亮。")
    case .textMissing: own = Phrase("The article's page says where it lies.", "文章页面会说明正文在哪里。")
    case .noSuchPassage:
      own = Phrase(
        "Copy it from the text: letters count as they are, white space does not.",
        "请从正文中复制：文字须完全一致，空白不计。")
    case .ambiguousPassage: own = nil
    case .deletedArticle:
      own = Phrase("It lies in the bin and can be restored.", "它在回收站中，可以恢复。")
    case .nothingToUndo:
      own = Phrase(
        "Merges are not undone, and only the last 50 actions are kept.",
        "合并不能撤销，并且只保留最近 50 次操作。")
    case .noSuchTag(_, let nearest?): own = Phrase("Did you mean \(nearest)?", "您是指“\(nearest)”吗？")
    case .noSuchTag: own = Phrase("The page of tags shows all there are.", "标签页面列出了所有标签。")
    case .filter(let error): own = error.pageRemedy
    case .query(let error): own = error.pageRemedy
    case .store(.busy): own = Phrase("Try again when it is done.", "请稍后再试。")
    case .store(.cannotWrite), .store(.cannotIndex):
      own = Phrase(
        "Free some space or check the folder's permissions.", "请释放磁盘空间，或检查文件夹的权限。")
    case .endedEarly(let error, _) where error.hint != nil: return error.remedy(words)
    case .cancelled, .endedEarly: own = Phrase("Begin it again to go on.", "再次开始即可继续。")
    default: return hint.map { words.language == .english ? "\($0)" : .english($0) }
    }
    return own.map { "\(words($0))" }
  }
}

extension Markup {
  /// Something that is said in English whatever the page's language.
  static func english(_ text: String) -> Markup { "<span lang=\"en\">\(text)</span>" }
}

extension String {
  /// What is a clause for the terminal as a sentence of its own.
  var capitalizedSentence: String { prefix(1).uppercased() + dropFirst() }
}

extension StoreError {
  fileprivate var chinese: Markup {
    switch self {
    case .busy(let waited): "文库正忙：另一个程序已连续写入 \(waited / 1_000) 秒。"
    case .cannotWrite(let reason): "无法写入文库：\(Markup.english(reason))。"
    case .cannotIndex(let reason): "无法写入搜索索引：\(Markup.english(reason))。"
    case .cannotRead(let path, let reason): "无法读取 \(path) 中的文库：\(Markup.english(reason))。"
    case .newerVersion: "这个文库由更新的版本创建。"
    case .refused(let rule): "不符合规则：\(Markup.english("\(rule)"))。"
    case .damaged(let what): "文库已损坏：\(Markup.english(what))。"
    default: "文库出错：\(Markup.english("\(self)"))。"
    }
  }
}

extension ConnectionError {
  fileprivate var chinese: Markup {
    switch self {
    case .unreachable(_, let reason): "对方没有应答（\(Markup.english(reason))）"
    case .silent(let seconds): "\(seconds) 秒内没有收到任何数据"
    case .notAMember, .commandEnded(_, 12): "应答的不是本文库的副本"
    case .closed: "连接提前结束"
    case .damaged: "收到的数据在途中损坏"
    case .commandEnded(_, 10): "该路径下没有文库"
    case .commandEnded(_, 11): "对方的文库正忙"
    case .commandEnded(_, 18): "对方的文库无法读写"
    default: .english("\(self)")
    }
  }
}

extension BundleError {
  fileprivate var chinese: Markup { .english("\(self)") }
}
