import Foundation

extension NetworkAddress {
  /// The addresses of a host, in the order in which they are to be tried; none where no name server
  /// knows it, or none answered in time.
  ///
  /// - Parameters:
  ///   - host: a name, or an address in any spelling that the system takes for one.
  ///   - patience: how long to wait; asking may go on after it, but nobody waits for that.
  package static func addresses(
    of host: String, within patience: Duration = .seconds(10)
  ) async -> [NetworkAddress] {
    let (found, finder) = AsyncStream.makeStream(of: [NetworkAddress].self)
    // It blocks, and the threads that tasks share are few.
    Thread.detachNewThread {
      finder.yield(lookUp(host))
      finder.finish()
    }
    return await withTaskGroup(of: [NetworkAddress].self) { group in
      group.addTask {
        for await addresses in found { return addresses }
        return []
      }
      group.addTask {
        // Cancelled, there is nothing to wait for.
        try? await Task.sleep(for: patience)
        return []
      }
      defer { group.cancelAll() }
      return await group.next() ?? []
    }
  }

  private static func lookUp(_ host: String) -> [NetworkAddress] {
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, nil, &list) == 0 else { return [] }
    defer { freeaddrinfo(list) }
    var addresses: [NetworkAddress] = []
    var next = list
    while let entry = next?.pointee {
      next = entry.ai_next
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      let code = getnameinfo(
        entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
      guard code == 0 else { continue }
      let number = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
      // Each is listed once for every kind of socket.
      if let address = NetworkAddress(number), !addresses.contains(address) {
        addresses.append(address)
      }
    }
    return addresses
  }
}
