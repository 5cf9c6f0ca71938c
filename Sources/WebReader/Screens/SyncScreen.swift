import Satchel

/// Remotes with how they stand, replicas with what they lack, and what is missing here. While a
/// synchronization runs the page is asked for anew by itself.
struct SyncScreen {
  let visit: Visit

  private var words: Words { visit.words }

  func answer() async throws(LibraryError) -> WebResponse {
    try await answer(visit.reader.syncing.all())
  }

  /// - Parameter standings: how each remote's synchronization stands.
  func answer(
    _ standings: [String: SyncDesk.Standing]
  ) async throws(LibraryError) -> WebResponse {
    let remotes = try await visit.library.remotes()
    let status = try await visit.library.status()
    let isRunning = standings.values.contains(where: \.isUnderWay)
    let title = words(.sync)
    let frame = PageFrame(
      visit: visit, title: title, section: .sync, refreshSeconds: isRunning ? 2 : nil, isTold: true)
    return frame.page(
      """
      <h1>\(title)</h1>
      \(places(remotes, standings))\(lacking(status))\(replicas(status))
      """)
  }

  private func places(
    _ remotes: [NamedTarget], _ standings: [String: SyncDesk.Standing]
  ) -> Markup {
    guard !remotes.isEmpty else {
      return """
        <p class="empty">\(words(.noRemotes)) <code>satchel remote add stick /media/stick</code></p>

        """
    }
    let rows = remotes.map { place($0, standings[$0.name]) }
    let isRunning = standings.values.contains(where: \.isUnderWay)
    let hook: Markup? = isRunning ? " data-syncing" : nil
    let all: Markup =
      remotes.count < 2
      ? .nothing : visit.form("sync", name: "all", "<button>\(words(.syncAll))</button>\n")
    return """
      <section aria-labelledby="remotes">
      <h2 id="remotes">\(words(.remotes))</h2>
      <ul class="remotes"\(hook)>
      \(rows.joined())</ul>
      \(all)</section>

      """
  }

  private func place(_ remote: NamedTarget, _ standing: SyncDesk.Standing?) -> Markup {
    let isUnderWay = standing?.isUnderWay ?? false
    let button: Markup =
      isUnderWay
      ? .nothing
      : visit.form(
        "sync", name: "remote",
        """
        <input type="hidden" name="remote" value="\(remote.name)">
        <button aria-label="\(words(.syncWith(remote.name)))">\(words(.syncNow))</button>

        """)
    return """
      <li>
      <h3 dir="auto">\(remote.name)</h3>
      <p class="facts"><code dir="auto">\(SyncScreen.shown(remote))</code></p>
      \(standing.map { self.standing($0, remote) })\(button)</li>

      """
  }

  /// As the tool shows it: a folder's path may hold bytes that are no text.
  private static func shown(_ remote: NamedTarget) -> String {
    (try? SyncTarget(remote.target))?.description ?? remote.target
  }
}

extension SyncScreen {
  private func standing(_ standing: SyncDesk.Standing, _ remote: NamedTarget) -> Markup {
    let said = SyncWords(words)
    switch standing {
    case .waiting: return "<p role=\"status\">\(words(.waitsForOther))</p>\n"
    case .running(let progress):
      let bar: Markup? = progress.flatMap {
        $0.total > 0 ? "<progress max=\"\($0.total)\" value=\"\($0.done)\"></progress>\n" : nil
      }
      return "<p role=\"status\" id=\"step\">\(said.text(progress))</p>\n\(bar)"
    case .ended(.success(let summary), let moment):
      let remarks = said.remarks(summary, remote).map { "<li>\($0)</li>\n" as Markup }
      let list: Markup? =
        remarks.isEmpty ? nil : "<ul class=\"remarks\">\n\(remarks.joined())</ul>\n"
      return """
        <p role="status">\(words.time(milliseconds: moment)) · \(said.sentence(summary, remote.name))</p>
        \(list)\(conflicts(summary))
        """
    case .ended(.failure(let error), let moment):
      return .problem(
        """
        <p>\(words.time(milliseconds: moment)) · \(words(.syncFailed))</p>
        \(visit.markup(error))
        """)
    }
  }

  private func conflicts(_ summary: SyncSummary) -> Markup? {
    guard summary.merged.conflicts > 0 else { return nil }
    return "<p><a href=\"\(visit.address("conflicts"))\">\(words(.seeConflicts))</a></p>\n"
  }

  /// What is not here, and not by choice.
  private func lacking(_ status: LibraryStatus) -> Markup? {
    let operations = status.peers.map(\.weLack).max() ?? 0
    guard status.missingBodies > 0 || operations > 0 else { return nil }
    let texts: Markup? =
      status.missingBodies > 0
      ? """
      <li><a href="\(visit.list("is:missing"))">\(words(.missingTexts(status.missingBodies)))</a></li>

      """ : nil
    let changes: Markup? =
      operations > 0 ? "<li>\(words(.missingChanges(operations)))</li>\n" : nil
    return """
      <section aria-labelledby="missing">
      <h2 id="missing">\(words(.missingHere))</h2>
      <ul class="missing">
      \(texts)\(changes)</ul>
      </section>

      """
  }

  private func replicas(_ status: LibraryStatus) -> Markup {
    let rows = status.peers.map { row($0, own: status.replica) }
    return """
      <section aria-labelledby="replicas">
      <h2 id="replicas">\(words(.replicas))</h2>
      <table>
      <thead><tr><th scope="col">\(words(.replicaName))</th><th scope="col">\(words(.lastHeard))</th>\
      <th scope="col">\(words(.itLacks))</th></tr></thead>
      <tbody>
      \(rows.joined())</tbody>
      </table>
      </section>

      """
  }

  private func row(_ peer: PeerStatus, own: ReplicaID) -> Markup {
    let mark: Phrase? =
      peer.replica == own
      ? .thisOne : peer.isRetired ? .retired : peer.isOwn ? .thisOneElsewhere : nil
    let heard: Markup =
      peer.isOwn
      ? "–" : peer.heardMilliseconds.map { words.time(milliseconds: $0) } ?? "\(words(.neverHeard))"
    let lacks: Markup =
      peer.isOwn || peer.isRetired
      ? "–" : peer.lacks == 0 ? "\(words(.lacksNothing))" : "\(words(.changes(peer.lacks)))"
    return """
      <tr><th scope="row"><bdi>\(peer.shownName)</bdi>\
      \(mark.map { " <span class=\"mark\">\(words($0))</span>" as Markup })</th>\
      <td>\(heard)</td><td>\(lacks)</td></tr>

      """
  }
}

extension Phrase {
  static let sync = Phrase("Sync", "同步")
  static let remotes = Phrase("Places", "同步位置")
  static let noRemotes = Phrase(
    "No place to synchronize with has a name yet. On the command line:",
    "还没有命名的同步位置。请在命令行中添加：")
  static let syncAll = Phrase("Synchronize with all", "全部同步")
  static let syncNow = Phrase("Synchronize", "同步")
  static let syncFailed = Phrase("The sync failed.", "同步失败。")
  static let seeConflicts = Phrase("See the conflicts", "查看冲突")
  static let missingHere = Phrase("Missing here", "本机缺少")
  static let replicas = Phrase("Replicas", "副本")
  static let replicaName = Phrase("Name", "名称")
  static let lastHeard = Phrase("Last heard", "上次联系")
  static let itLacks = Phrase("It lacks", "对方缺少")
  static let thisOne = Phrase("this one", "本机")
  static let thisOneElsewhere = Phrase("a copy of this one", "本机的另一份副本")
  static let retired = Phrase("retired", "已停用")
  static let neverHeard = Phrase("never", "从未")
  static let lacksNothing = Phrase("nothing", "无")

  static func syncWith(_ name: String) -> Phrase {
    Phrase("Synchronize with \(name)", "与 \(name) 同步")
  }

  static func missingTexts(_ count: Int) -> Phrase {
    Phrase(
      count == 1 ? "1 text or picture" : "\(Wording.number(count)) texts and pictures",
      "\(Wording.number(count)) 份正文或图片")
  }

  static func missingChanges(_ count: UInt64) -> Phrase {
    Phrase(Wording.count(count, "change"), "\(Wording.number(count)) 项变更")
  }

  static func changes(_ count: UInt64) -> Phrase { missingChanges(count) }
}
