import Files
import Foundation

/// A place that rclone reaches as a storage: S3 and its kin, WebDAV, SFTP, and some seventy more.
///
/// A listing is one run of rclone, and so is reading however many files; each file that is written or
/// deleted is one. What is written lies here until ``flush()`` sends it under its final name.
package final class RcloneStorage: Storage {
  /// As rclone has it: `REMOTE:PATH`.
  private let root: String
  private let rclone: Rclone
  let staged = StagedFiles()

  package init(_ root: String, _ rclone: Rclone = Rclone()) {
    self.root = root
    self.rclone = rclone
  }

  package var isNear: Bool { false }

  package func path(of name: FilePath) -> FilePath { FilePath("rclone:\(place(name))") }

  package func list(
    _ folder: FilePath, entering isEntered: @Sendable (FilePath.Component) -> Bool
  ) async throws(FileError) -> [StoredFile] {
    // All that lies there may be much that is nobody's of ours.
    let files =
      folder.isEmpty ? try await listRoot(entering: isEntered) : try await listAll(in: folder)
    staged.noteListed(files.map(\.name), in: folder)
    let depth = folder.components.count
    return files.filter { file in
      let components = file.name.components.dropFirst(depth)
      return components.count == 1
        || components.count == 2 && components.first.map(isEntered) == true
    }
  }

  package func read(_ names: [FilePath]) async throws(FileError) -> [any ReadableFile] {
    guard !names.isEmpty else { return [] }
    let folder = try PrivateFolder()
    let files = names.map {
      FetchedFile(name: $0, path: path(of: $0), copy: folder.copies.pushing($0), folder: folder)
    }
    let list = try folder.list(files)
    do {
      _ = try await rclone.run(
        .get,
        [
          "--files-from-raw", list.string, "--no-traverse", "--no-check-dest",
          "--s3-no-head-object",
        ], [root, folder.copies.string]
      ) { failure in
        // Those that came are whole, unless rclone itself was cut off.
        if case .failed = failure { _ = try? folder.list(files.filter { !$0.copy.exists }) }
      }
    } catch {
      // One that did not come is told when it is opened, unless none came since nobody answered.
      guard error.isAnswer || files.contains(where: \.copy.exists) else {
        throw error.fileError(path(of: ""))
      }
      return files.map { $0.failing(as: error.failure(of: $0.name.string)) }
    }
    return files
  }

  package func prepare(_ folder: FilePath, for writer: String) async throws(FileError) {
    staged.drop(in: folder, of: writer)
  }

  package func create(in folder: FilePath, for writer: String) throws(FileError) -> any NewFile {
    try StagedNewFile(for: writer, in: try PrivateFolder(), of: self)
  }

  package func flush() async throws(FileError) {
    while let file = staged.next {
      do {
        _ = try await rclone.run(
          .put, ["--no-check-dest", "--no-traverse"], [file.copy.string, place(file.name)])
      } catch {
        throw error.fileError(path(of: file.name))
      }
      staged.remove(file)
    }
  }

  package func delete(_ names: [FilePath]) async throws(FileError) {
    var refused: [(name: FilePath, failure: RcloneFailure)] = []
    for name in names {
      do {
        _ = try await rclone.run(.delete, [], [place(name)])
        staged.release(name)
      } catch {
        refused.append((name, error))
      }
    }
    guard !refused.isEmpty else { return }
    // Only a listing tells a file that was not there from one that must not go.
    for folder in Set(refused.map { $0.name.removingLastComponent() }) {
      let left = Set(try await listAll(in: folder).map(\.name))
      for (name, failure) in refused where left.contains(name) {
        throw failure.fileError(path(of: name))
      }
    }
    for (name, _) in refused { staged.release(name) }
  }
}

extension RcloneStorage {
  /// As rclone has the file or folder.
  private func place(_ name: FilePath) -> String {
    guard !name.isEmpty else { return root }
    return root.hasSuffix(":") || root.hasSuffix("/") ? root + name.string : "\(root)/\(name)"
  }

  /// Everything in a folder, however deep.
  private func listAll(in folder: FilePath) async throws(FileError) -> [StoredFile] {
    try await entries(["-R", "--fast-list", "--files-only"], in: folder)
      .map { StoredFile(name: folder.pushing($0.name), length: $0.length) }
  }

  private func listRoot(
    entering isEntered: @Sendable (FilePath.Component) -> Bool
  ) async throws(FileError) -> [StoredFile] {
    var files: [StoredFile] = []
    for entry in try await entries(["--max-depth", "1"], in: "") {
      if !entry.isFolder {
        files.append(StoredFile(name: entry.name, length: entry.length))
      } else if entry.name.components.first.map(isEntered) == true {
        files += try await entries(["--max-depth", "1", "--files-only"], in: entry.name)
          .map { StoredFile(name: entry.name.pushing($0.name), length: $0.length) }
      }
    }
    return files
  }

  private func entries(
    _ flags: [String], in folder: FilePath
  ) async throws(FileError) -> [RcloneListing.Entry] {
    let json: [UInt8]
    do {
      json = try await rclone.run(
        .list, flags + ["--no-modtime", "--no-mimetype"], [place(folder)])
    } catch .nothingThere {
      return []
    } catch {
      throw await explained(error).fileError(path(of: folder))
    }
    do {
      return try RcloneListing.entries(json)
    } catch {
      throw FileError(
        path(of: folder), .store(.other, "rclone printed a listing that does not read"))
    }
  }

  /// The remotes that there are, where the failure comes of a name that is none of them.
  private func explained(_ failure: RcloneFailure) async -> RcloneFailure {
    guard case .failed(_, nil, _) = failure, let name = root.split(separator: ":").first,
      !root.hasPrefix(":"), let known = try? await rclone.run(.remotes)
    else { return failure }
    let remotes = String(decoding: known, as: UTF8.self).split(separator: "\n")
      .map { String($0.drop(while: \.isWhitespace).prefix { $0 != ":" }) }
    let wanted = String(name.prefix { $0 != "," })
    guard !remotes.contains(wanted) else { return failure }
    let those = remotes.isEmpty ? "none" : remotes.joined(separator: ", ")
    return .failed("there is no remote named \(wanted); there are: \(those)", http: nil)
  }
}
