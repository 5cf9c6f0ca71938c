import Files
import LibraryStore
import Replication
import Testing

@testable import Transports

/// Replicas that meet in places of several kinds, no two of them in the same two.
@Suite(
  .enabled(
    if: StoreServer.Kind.webdav.isInstalled && StoreServer.Kind.s3.isInstalled,
    "rclone or moto is not installed"))
struct MixedPlacesTests {
  @Test func `three replicas that meet in WebDAV, S3 and a folder are equal`() async throws {
    let fixture = try BundleFixture()
    var replicas: [ReplicaStore] = []
    for number in UInt64(1)...3 { replicas.append(try await fixture.filled(number)) }
    let places = try [StorageKind.webdav, .s3, .folder].map {
      try $0.storage(in: fixture.folder)
    }
    for round in Int64(0)..<2 {
      for (index, replica) in replicas.enumerated() {
        for place in [places[index], places[(index + 2) % 3]] {
          let exchange = Exchange(
            replica, secret: fixture.secret, senderName: "", storage: place)
          let result = try await exchange.synchronize(now: BundleFixture.now + round)
          #expect(result.skipped.isEmpty && result.refusedDelete == nil)
        }
      }
    }
    var fingerprints: Set<Fingerprint> = []
    for replica in replicas {
      fingerprints.insert(try await replica.report().fingerprint)
      #expect(try await replica.articleCount() == 9)
    }
    #expect(fingerprints.count == 1)
  }
}
