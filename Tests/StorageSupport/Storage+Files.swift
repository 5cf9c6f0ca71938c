import Files
import Transports

extension Storage {
  /// Every file of it in `folder`, by name.
  package func names(in folder: FilePath) async throws -> [String] {
    try await list(folder) { _ in true }.map(\.name.string).sorted()
  }

  /// Writes a whole file.
  package func put(_ bytes: [UInt8], in folder: FilePath, as name: FilePath.Component) async throws
  {
    let file = try create(in: folder, for: "writer")
    try file.write(bytes)
    try file.commit(as: folder.appending(name))
    try await flush()
  }

  /// The whole of a file.
  package func contents(of name: FilePath) async throws -> [UInt8] {
    guard let reader = try await read([name]).first?.open() else { return [] }
    var bytes: [UInt8] = []
    while case let piece = try reader.read(upTo: 70_000), !piece.isEmpty { bytes += piece }
    return bytes
  }
}
