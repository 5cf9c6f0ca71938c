import Foundation
import Testing

/// A disk of a size of one's own, in memory.
struct Disk {
  let path: String

  static let isPossible: Bool = {
    guard geteuid() == 0, let world = try? World(), let disk = try? Disk(in: world, megabytes: 1)
    else { return false }
    disk.eject()
    return true
  }()

  init(in world: World, megabytes: Int) throws {
    path = try world.makeFolder("disk")
    try mount("-t", "tmpfs", "-o", "size=\(megabytes)m", "none", path)
  }

  func grow(megabytes: Int) throws { try mount("-o", "remount,size=\(megabytes)m", path) }

  /// Puts a file on it, beside which so many bytes are free.
  func fill(leaving free: Int) throws {
    let handle = open("\(path)/filling", O_WRONLY | O_CREAT, 0o600)
    defer { close(handle) }
    let bytes = [UInt8](repeating: 1, count: 4_096)
    while write(handle, bytes, bytes.count) == bytes.count {}
    guard ftruncate(handle, max(0, lseek(handle, 0, SEEK_CUR) - free)) == 0 else {
      throw SystemFailure(text: "the file cannot be shortened")
    }
  }

  func protect() throws { try mount("-o", "remount,ro", path) }

  /// Even when a server that is about to end still has files open on it.
  func eject() { try? system("umount", "-l", path) }
}

/// A stick that is formatted as sticks are, in a file: mounted by the kernel, else by fusefat.
struct FATImage {
  let path: String
  private let image: String
  private let world: World

  static let isPossible: Bool = {
    guard geteuid() == 0, let world = try? World(),
      let stick = try? FATImage(in: world, megabytes: 1)
    else { return false }
    stick.eject()
    return true
  }()

  init(in world: World, megabytes: Int) throws {
    self.world = world
    path = try world.makeFolder("stick")
    image = world.path("stick.img")
    try Data(count: megabytes << 20).write(to: URL(fileURLWithPath: image))
    try system("mkfs.vfat", image)
    try plugIn(readOnly: false)
  }

  func plugInAgain(readOnly: Bool) throws {
    try system("umount", path)
    try plugIn(readOnly: readOnly)
  }

  func eject() { try? system("umount", path) }

  private func plugIn(readOnly: Bool) throws {
    do {
      try mount("-t", "vfat", "-o", readOnly ? "loop,ro" : "loop", image, path)
    } catch {
      try plugInByProgram(readOnly: readOnly)
    }
  }

  /// Not as a daemon, which would keep the test waiting for a descriptor it inherited.
  private func plugInByProgram(readOnly: Bool) throws {
    let before = try device()
    let program = try world.start(
      command(["fusefat", "-f", "-o", readOnly ? "ro" : "rw+", image, path]))
    for _ in 0..<500 {
      if try device() != before { return }
      guard program.process.isRunning else { break }
      usleep(10_000)
    }
    throw SystemFailure(text: "fusefat: \(program.output)\(program.messages)")
  }

  private func device() throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.systemNumber] as? Int
  }
}

private func mount(_ arguments: String...) throws { try system(["mount"] + arguments) }

private func system(_ arguments: String...) throws { try system(arguments) }

private func system(_ arguments: [String]) throws {
  let result = try ToolResult(command(arguments), input: nil)
  guard result.code == 0 else { throw SystemFailure(text: "\(arguments): \(result)") }
}

private func command(_ arguments: [String]) -> Process {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = arguments
  var environment = ProcessInfo.processInfo.environment
  environment["PATH"] = "\(environment["PATH"] ?? "/usr/bin:/bin"):/usr/sbin:/sbin"
  process.environment = environment
  return process
}

struct SystemFailure: Error { let text: String }
