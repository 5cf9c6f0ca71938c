import Foundation
import LibraryStore
import TestSupport
import Testing

@testable import Transports

extension DeadlineTests {
  /// What a session opens it closes, however it ends.
  @Suite(
    .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fd"), "there is no /proc"))
  struct DescriptorTests {
    @Test func `sessions again and again leave no file and no connection open`() async throws {
      let fixture = try BundleFixture()
      let (one, two) = (try await fixture.filled(1), try await fixture.filled(2))
      try await fixture.session(one, two)
      let files = try fixture.openFileCount
      try await fixture.host(two).serving { server in
        let calls = Effort.isLong ? 2_880 : 60
        var memory = 0
        for index in 0..<calls {
          if index.isMultiple(of: 4) {
            let article = fixture.article(1, index)
            try await fixture.add(article, body: [UInt8(truncatingIfNeeded: index)], to: one)
          }
          if index == calls / 3 { memory = try BundleFixture.residentBytes }
          // Every third is cut, somewhere.
          let cut = Relay.Fault(
            .cut, .toClient, at: index.isMultiple(of: 3) ? index * 7 : .max)
          _ = try? await Relay.relaying(to: server.port, cut) { relay in
            try await fixture.host(one).synchronize(with: "127.0.0.1", port: relay.port)
          }
        }
        // Others run beside this one, but in the soak's stage for days.
        if Effort.isLong { #expect(try BundleFixture.residentBytes - memory < 32 << 20) }
        try await expectEventually { try openConnections(at: server.port) == 0 }
      }
      try await expectEventually { try fixture.openFileCount == files }
    }

    /// Connections with an end at this port that this machine still holds open or half open.
    private func openConnections(at port: Int) throws -> Int {
      let table = try String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)
      let end = ":" + String(port, radix: 16, uppercase: true).leftPadded(to: 4)
      return table.split(separator: "\n").dropFirst().count { line in
        let fields = line.split(separator: " ")
        let isHere = fields[1].hasSuffix(end) || fields[2].hasSuffix(end)
        // Established, or closed by the other side only.
        return isHere && ["01", "08"].contains(fields[3])
      }
    }
  }
}

extension String {
  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: "0", count: max(0, width - count)) + self
  }
}
