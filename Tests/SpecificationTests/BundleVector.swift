import Coding
import Foundation
import Replication
import Transports

/// A case of `Protocol/vectors/bundles.json`.
struct BundleVector: Decodable {
  let name: String
  let hex: String
  let value: Value?
  /// The word of 3.12.
  let refused: String?
  /// Where it is refused, if not while checking.
  let found: String?

  struct Value: Decodable {
    let sender: String
    let name: String
    let operations: Int
    let bodies: [String]
    let frames: Int
    let fingerprint: String
  }

  static func all() throws -> [BundleVector] {
    let file = Repository.vectors.appending(path: "bundles.json")
    return try JSONDecoder().decode(Document.self, from: Data(contentsOf: file)).cases
  }

  private struct Document: Decodable {
    let cases: [BundleVector]
  }

  var bytes: [UInt8] { Hexadecimal.bytes(of: hex) ?? [] }

  func write(in folder: URL) throws -> String {
    let file = folder.appending(path: "\(UUID().uuidString).satchel")
    try Data(bytes).write(to: file)
    return file.path
  }
}

extension BundleError {
  /// The specification's word for what was refused (3.12).
  var word: String {
    switch self {
    case .notABundle: "magic"
    case .truncated: "truncated"
    case .changed: "changed"
    case .damaged(_, _, .checksumDiffers): "checksum"
    case .damaged: "frame"
    case .malformed: "malformed"
    case .newerVersion: "version"
    case .foreignLibrary: "foreign"
    case .signatureRefused: "signature"
    case .notForThisLibrary, .sealDamaged, .sealedWithoutSecret: "sealed"
    case .partTooSmall, .file: "file"
    }
  }
}
