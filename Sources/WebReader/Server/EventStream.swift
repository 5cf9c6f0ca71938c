import NIOCore

/// Tells one page what happens, until it is closed.
struct EventStream {
  private let source: EventSource
  private let since: Int64
  private let words: Words

  /// - Parameters:
  ///   - since: the revision that the page shows.
  ///   - words: in which language lines are told.
  init(_ source: EventSource, since: Int64, _ words: Words) {
    (self.source, self.since, self.words) = (source, since, words)
  }

  func write(_ response: WebResponse, _ writer: ResponseWriter, _ channel: Channel) async throws {
    var response = response
    response.headers.append(("Content-Type", "text/event-stream"))
    try await writer.beginStream(response)
    await source.activity.beginWatching()
    let (texts, told) = AsyncStream<String>.makeStream(bufferingPolicy: .bufferingNewest(64))
    channel.closeFuture.whenComplete { _ in told.finish() }
    await withTaskGroup { group in
      group.addTask { await tellRevisions(told) }
      group.addTask { await tellLines(told) }
      group.addTask { await tellLife(told) }
      for await text in texts {
        guard (try? await writer.writeBody(Array(text.utf8))) != nil else { break }
      }
      group.cancelAll()
    }
    await source.activity.endWatching()
  }

  private func tellRevisions(_ told: AsyncStream<String>.Continuation) async {
    do {
      for try await revision in source.library.changes(since: since) {
        told.yield("event: change\ndata: \(revision)\n\n")
      }
    } catch {
      // A library that cannot be read now is told of by the next page that asks for it.
      told.finish()
    }
  }

  private func tellLines(_ told: AsyncStream<String>.Continuation) async {
    for await event in await source.syncing.events() {
      switch event {
      case .step(let progress):
        told.yield("event: sync\ndata: \(SyncWords(words).text(progress))\n\n")
      // An event without data is none.
      case .end: told.yield("event: synced\ndata: end\n\n")
      }
    }
  }

  /// A client that left without a word is found by writing to it.
  private func tellLife(_ told: AsyncStream<String>.Continuation) async {
    while (try? await Task.sleep(for: source.heartbeat)) != nil { told.yield(":\n\n") }
  }
}
