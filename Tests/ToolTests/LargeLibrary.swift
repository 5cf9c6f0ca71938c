import Foundation
import Testing

extension World {
  /// A laptop with so much that sending it can be interrupted: `megabytes` of pages that hardly
  /// compress.
  func laptopWithMuch(_ name: String = "a", megabytes: Int = 12) throws -> Laptop {
    let pages = try makeFolder("\(name)-pages")
    let noise = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/dev/urandom"))
    for number in 0..<(megabytes * LargeLibrary.pagesPerMegabyte) {
      let bytes = try noise.read(upToCount: 750_000 / LargeLibrary.pagesPerMegabyte) ?? Data()
      let text = bytes.base64EncodedString(options: .lineLength76Characters)
      try write(Data("# Page \(number)\n\n\(text)\n".utf8), to: "\(name)-pages/\(number).md")
    }
    let laptop = laptop(name)
    try laptop.run("init", "--name", name).expect(0)
    try laptop.run("import", "markdown", pages).expect(0)
    return laptop
  }
}

enum LargeLibrary {
  static let pagesPerMegabyte = 10
}
