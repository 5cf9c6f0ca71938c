import CZip
import Files
import Foundation
import TestSupport
import Testing

@testable import Archives

/// Reading zip archives, honest ones and others.
struct ZipArchiveTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func archive(
    _ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()
  ) throws -> ZipArchive {
    let file = folder.url.appendingPathComponent("a.zip")
    try Data(bytes).write(to: file)
    return try ZipArchive(InputFile(FilePath(file.path), .named), limits: limits)
  }

  private func contents(_ archive: ZipArchive, _ number: Int = 0) throws -> String {
    let file = try archive.open(archive.files[number])
    var bytes: [UInt8] = []
    while true {
      let more = try file.read(upTo: 3)
      if more.isEmpty { return String(decoding: bytes, as: UTF8.self) }
      bytes += more
    }
  }

  @Test func `files are read in any order, and one name may stand there twice`() throws {
    var zip = ZipFixture()
    zip.add("a/", "")
    zip.add("a/x.txt", "hot tea")
    zip.add("y.txt", "cold")
    zip.add("a/x.txt", "more tea")
    let archive = try archive(zip.bytes())
    #expect(archive.files.map(\.name) == ["a/x.txt", "y.txt", "a/x.txt"])
    #expect(archive.files.map(\.length) == [7, 4, 8])
    #expect(try [2, 0, 1].map { try contents(archive, $0) } == ["more tea", "hot tea", "cold"])
  }

  @Test(arguments: [
    "../x", "a/../../x", "/etc/x", "a\\x", "C:x", "C:/x", "..", "a/..", "\\\\host\\x",
  ])
  func `a name that leads out of its folder is refused, and the others are read`(name: String)
    throws
  {
    var zip = ZipFixture()
    zip.add(name, "x")
    zip.add("a..b/..x", "y")
    let archive = try archive(zip.bytes())
    #expect(archive.refused == [name])
    #expect(archive.files.map(\.name) == ["a..b/..x"])
  }

  @Test func `what says too much of itself is refused before it is read`() throws {
    var small = ArchiveLimits()
    (small.files, small.bytes, small.smallBytes, small.ratio) = (2, 100, 10, 5)
    var zip = ZipFixture()
    zip.add("a", [1, 2, 3], length: 15)
    #expect(try archive(zip.bytes(), limits: small).files.count == 1)
    zip.add("b", [1, 2, 3], length: 18)
    #expect(throws: ArchiveError.inflated(name: "b", limit: 5)) {
      try archive(zip.bytes(), limits: small)
    }
    zip = ZipFixture()
    zip.add("a", [UInt8](repeating: 0, count: 60))
    zip.add("b", [UInt8](repeating: 0, count: 41))
    #expect(throws: ArchiveError.tooLarge(limit: 100)) { try archive(zip.bytes(), limits: small) }
    zip.add("c", [])
    #expect(throws: ArchiveError.tooManyFiles(limit: 2)) { try archive(zip.bytes(), limits: small) }
    #expect(throws: ArchiveError.tooManyFiles(limit: 1 << 18)) {
      try archive(zip.bytes(directoryLength: 65 << 20))
    }
  }

  @Test func `a file that is not what the archive says is damaged`() throws {
    var zip = ZipFixture()
    zip.add("checksum", Array("tea".utf8), checksum: 7)
    zip.add("long", Array("tea".utf8), length: 2)
    zip.add("short", Array("tea".utf8), length: 4)
    zip.add("whole", "tea")
    let archive = try archive(zip.bytes())
    for number in 0..<3 {
      #expect(throws: ArchiveError.self, "\(number)") { try contents(archive, number) }
    }
    #expect(try contents(archive, 3) == "tea")
  }

  @Test func `what is encrypted, cut or no archive is said to be so`() throws {
    var zip = ZipFixture()
    zip.add("a", Array("tea".utf8), flags: 1)
    #expect(throws: ArchiveError.encrypted(name: "a")) { try archive(zip.bytes()) }
    zip = ZipFixture()
    zip.add("a", "tea")
    for count in 0..<zip.bytes().count {
      #expect(throws: ArchiveError.self) { try archive(Array(zip.bytes().prefix(count))) }
    }
    #expect(throws: ArchiveError.self) { try archive(Array("PK\u{3}\u{4} is how one begins".utf8)) }
  }

  @Test(arguments: Mutation.seeds)
  func `damaged archives never trap`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var zip = ZipFixture()
    for number in 0..<3 { zip.add("f\(number)", "hot tea \(number)") }
    let honest = zip.bytes()
    let mutation = Mutation(fragments: [
      "PK\u{1}\u{2}", "PK\u{3}\u{4}", "PK\u{5}\u{6}", "\0\0", "../",
    ])
    for _ in 0..<Mutation.perSeed {
      var bytes = honest
      mutation.damage(&bytes, using: &generator)
      guard let archive = try? archive(bytes) else { continue }
      for number in archive.files.indices { _ = try? contents(archive, number) }
    }
  }

  @Test func `the library writes a first file that is stored without an extra field`() throws {
    let path = folder.url.appendingPathComponent("b.epub").path
    var code: Int32 = 0
    let archive = try #require(zip_open(path, ZIP_CREATE, &code))
    let text = Array("application/epub+zip".utf8)
    text.withUnsafeBytes { text in
      let source = zip_source_buffer(archive, text.baseAddress, UInt64(text.count), 0)
      let place = zip_file_add(archive, "mimetype", source, 0)
      #expect(zip_set_file_compression(archive, UInt64(place), ZIP_CM_STORE, 0) == 0)
      #expect(zip_close(archive) == 0)
    }
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    // Signature, then the method at 8, the lengths of name and extra field at 26, and the name at 30.
    #expect(bytes[8...9].elementsEqual([0, 0]) && bytes[26...29].elementsEqual([8, 0, 0, 0]))
    #expect(bytes[30...].starts(with: "mimetypeapplication/epub+zip".utf8))
  }
}
