import NIOCore

/// Answers one client, request after request.
struct WebConnection {
  let service: WebService

  /// Serves until the client leaves, is late, or was told that this was all.
  func serve(_ arrival: Arrival) async {
    let addresses = service.door.gatekeeper.addresses
    do {
      let (channel, arrived) = try await arrival.open(service.limits)
      try await channel.executeThenClose { inbound, outbound in
        var parts = PartReader(
          inbound, of: channel.channel, counting: arrived, service.limits)
        let writer = ResponseWriter(outbound)
        while let beginning = try await parts.nextHead() {
          // It listens on all addresses of the machine where it is to be reached by some.
          guard addresses.isOwn(channel.channel.localAddress?.ipAddress) else { return }
          guard try await answer(beginning, &parts, writer, channel.channel) else { return }
        }
      }
    } catch {
      // The client left, or the server stops: nobody is there to be told.
    }
  }

  /// Answers a request; returns whether another may follow.
  private func answer(
    _ beginning: PartReader.Beginning, _ parts: inout PartReader, _ writer: ResponseWriter,
    _ channel: Channel
  ) async throws -> Bool {
    switch beginning {
    case .refused(let status):
      try await writer.write(OutsidePages.said(status: status), isLast: true)
      try await parts.drain()
      return false
    case .head(let head):
      var response = try await service.answer(head, &parts, writer)
      if case .events(let since, let words) = response.body {
        // Of a stream there is a head alone, and HTTP/1.0 knows no chunks.
        guard head.method == "GET", !head.isOld else {
          response.body = .bytes([])
          try await writer.write(response, isLast: true)
          return false
        }
        try await EventStream(service.events, since: since, words).write(response, writer, channel)
        return false
      }
      // Nobody asked for what is left: it is not read only to keep the connection.
      if head.bodyBytes == 0 { _ = try await parts.nextPiece() }
      let isLast = response.isLast || !head.keepsAlive || !parts.isAtEnd
      try await writer.write(response, headOnly: head.method == "HEAD", isLast: isLast)
      if !parts.isAtEnd { try await parts.drain() }
      return !isLast
    }
  }
}
