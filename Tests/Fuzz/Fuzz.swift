import Foundation
import FuzzTargets

// A program for libFuzzer: `SATCHEL_FUZZ` names the target. With `SATCHEL_FUZZ_SAMPLES` it writes the
// target's samples into that folder first; with `SATCHEL_FUZZ=list` it prints the targets and ends.

private let environment = ProcessInfo.processInfo.environment

private let target: FuzzTarget = {
  let name = environment["SATCHEL_FUZZ"] ?? ""
  if name == "list" {
    for target in FuzzTarget.all { print(target.name) }
    exit(0)
  }
  guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
    FileHandle.standardError.write(Data("no target is called '\(name)'\n".utf8))
    exit(2)
  }
  return target
}()

/// Called once, before all else.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>
) -> CInt {
  let samples = target.samples
  guard let folder = environment["SATCHEL_FUZZ_SAMPLES"] else { return 0 }
  for (place, sample) in samples.enumerated() {
    let file = URL(filePath: folder).appending(path: "sample-\(place)")
    do {
      try Data(sample).write(to: file)
    } catch {
      fatalError("\(file.path): \(error)")
    }
  }
  return 0
}

/// Called with each input; a finding ends the program.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do {
    _ = try target.takes(Array(UnsafeBufferPointer(start: bytes, count: count)))
  } catch {
    fatalError("\(target.name): \(error)")
  }
  return 0
}
