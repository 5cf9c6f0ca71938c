import Files
import Foundation
import TestSupport
import Testing

@testable import WebReader

@Suite struct MultipartTests {
  private static let boundary = "----WebKitFormBoundaryAbc123"

  /// A form as browsers write it.
  private static func form(_ parts: [(head: String, bytes: [UInt8])]) -> [UInt8] {
    parts.flatMap { head, bytes in
      Array("--\(boundary)\r\n\(head)\r\n\r\n".utf8) + bytes + Array("\r\n".utf8)
    } + Array("--\(boundary)--\r\n".utf8)
  }

  private static func disposition(_ name: String, file: String? = nil) -> String {
    "Content-Disposition: form-data; name=\"\(name)\""
      + (file.map { "; filename=\"\($0)\"\r\nContent-Type: text/plain" } ?? "")
  }

  /// What a form's pieces say, bytes that came in several events put together.
  private static func read(_ pieces: [[UInt8]]) throws -> [(part: MultipartPart, bytes: [UInt8])] {
    var parser = try #require(MultipartParser(boundary: boundary))
    var parts: [(part: MultipartPart, bytes: [UInt8], isWhole: Bool)] = []
    for piece in pieces {
      try parser.take(piece) { event in
        switch event {
        case .part(let part): parts.append((part, [], false))
        case .bytes(let bytes): parts[parts.count - 1].bytes += bytes
        case .partEnd: parts[parts.count - 1].isWhole = true
        }
      }
    }
    try parser.end()
    #expect(!parts.contains { !$0.isWhole })
    return parts.map { ($0.part, $0.bytes) }
  }

  @Test func `fields and files come as they were sent`() throws {
    let parts = try Self.read([
      Self.form([
        (Self.disposition("token"), Array("abc".utf8)), (Self.disposition("text"), []),
        (Self.disposition("file", file: "页 %22a%22.html"), [0, 13, 10, 45, 45, 255]),
        (Self.disposition("file", file: ""), []),
      ])
    ])
    #expect(
      parts.map(\.part) == [
        MultipartPart(name: "token"), MultipartPart(name: "text"),
        MultipartPart(name: "file", fileName: "页 \"a\".html"),
        MultipartPart(name: "file", fileName: ""),
      ])
    #expect(parts.map(\.bytes) == [Array("abc".utf8), [], [0, 13, 10, 45, 45, 255], []])
  }

  @Test(arguments: 0..<UInt64(200))
  func `however a form is cut, it says the same`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    // Bytes that are nearly boundaries, and few others.
    let morsels = [
      "\r\n", "\r", "\n", "--", "-", "\r\n--", "\r\n--\(Self.boundary.dropLast())", "a",
    ]
    let contents = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
      (0..<Int.random(in: 0...12, using: &generator)).flatMap { _ in
        Array((morsels.randomElement(using: &generator) ?? "").utf8)
      }
    }
    let form = Self.form(
      contents.enumerated().map { index, bytes in
        (Self.disposition("p\(index)", file: index % 2 == 0 ? nil : "f"), bytes)
      })
    var (pieces, rest) = ([[UInt8]](), form[...])
    while !rest.isEmpty {
      let size = Int.random(in: 0...min(rest.count, seed % 2 == 0 ? 3 : 60), using: &generator)
      pieces.append(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    let parts = try Self.read(pieces)
    #expect(parts.map(\.bytes) == contents, "seed \(seed)")
    #expect(parts.map(\.part.name) == contents.indices.map { "p\($0)" })
  }

  @Test(arguments: [
    "", "--", "--\(boundary)", "--\(boundary)\r\n", "x--\(boundary)--\r\n",
    "\r\n--\(boundary)--\r\n", "--\(boundary)x\r\n", "--\(boundary) \r\n", "--\(boundary)-",
    "--\(boundary)\r\n\r\n\r\n--\(boundary)--",
    "--\(boundary)\r\nContent-Disposition: form-data\r\n\r\n\r\n--\(boundary)--",
    "--\(boundary)\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--\(boundary)--",
    "--\(boundary)\r\nContent-Disposition: form-data; name=\"a\r\n\r\n\r\n--\(boundary)--",
    "--\(boundary)\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\n\r\n--\(boundary)--",
    "--\(boundary)\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n\r\n--\(boundary)--",
    "--\(boundary)\r\nContent-Disposition: form-data;\r\n name=\"a\"\r\n\r\n\r\n--\(boundary)--",
    "--\(boundary)\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nbytes without an end",
    "--\(boundary)\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--\(boundary)",
    "--\(boundary)\nContent-Disposition: form-data; name=\"a\"\n\nx\n--\(boundary)--",
  ])
  func `what is no whole form is refused`(text: String) {
    #expect(throws: MultipartParser.Problem.malformed) { try Self.read([Array(text.utf8)]) }
    #expect(throws: MultipartParser.Problem.malformed) {
      try Self.read(text.utf8.map { [$0] })
    }
  }

  @Test func `a head without an end, and parts without number, are not waited for`() throws {
    let head = Array("--\(Self.boundary)\r\n".utf8)
    let long = head + [UInt8](repeating: 97, count: MultipartParser.headLimit + 1)
    #expect(throws: MultipartParser.Problem.malformed) { try Self.read([long]) }
    let part = (head: Self.disposition("a"), bytes: [UInt8]())
    let most = Self.form(Array(repeating: part, count: MultipartParser.partLimit))
    #expect(try Self.read([most]).count == MultipartParser.partLimit)
    let more = Self.form(Array(repeating: part, count: MultipartParser.partLimit + 1))
    #expect(throws: MultipartParser.Problem.tooManyParts) { try Self.read([more]) }
  }

  @Test(arguments: ["", "a b", "é", "a\"b", String(repeating: "a", count: 71)])
  func `what cannot part parts is no boundary`(boundary: String) {
    #expect(MultipartParser(boundary: boundary) == nil)
    #expect(MultipartParser(boundary: String(repeating: "a", count: 70)) != nil)
  }

  @Test(arguments: [
    ("a.html", "a.html"), ("C:\\Users\\me\\a.html", "a.html"), ("/etc/../a.html", "a.html"),
    ("../..", "upload"), ("a\u{7}b%0Ac", "abc"), ("", ""),
    (
      String(repeating: "x", count: 300) + ".md", String(repeating: "x", count: 197) + ".md"
    ),
  ])
  func `a file's name has no folders and no controls, and of a long one the end`(
    name: String, kept: String
  ) throws {
    let head = Self.disposition("file", file: name.replacing("\u{7}", with: "%0D"))
    let part = try #require(MultipartPart(head: Array(head.utf8)[...]))
    #expect(part.fileName == kept)
  }

  @Test func `a type tells its boundary, in quotation marks or without`() {
    for header in [
      "multipart/form-data; boundary=abc", "Multipart/Form-Data;charset=x; Boundary=\"abc\" ",
    ] {
      let type = ContentType(header)
      #expect(type.kind == "multipart/form-data" && type.boundary == "abc")
    }
    #expect(ContentType(nil).kind.isEmpty && ContentType("a/b").boundary == nil)
  }
}

@Suite struct MultipartFormTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(
    _ name: String, file: String? = nil, _ bytes: [UInt8], _ limits: WebLimits = WebLimits()
  ) throws -> FormReader.Form {
    var form = try #require(
      MultipartForm(boundary: "b", limits, in: FilePath(folder.url.path)))
    let fileName = file.map { "; filename=\"\($0)\"" } ?? ""
    try form.take(
      Array("--b\r\nContent-Disposition: form-data; name=\"\(name)\"\(fileName)\r\n\r\n".utf8))
    try form.take(bytes)
    try form.take(Array("\r\n--b--".utf8))
    return try form.finished()
  }

  @Test func `files lie on the medium, fields in memory`() throws {
    let form = try read("file", file: "a.txt", Array("text".utf8))
    let upload = try #require(form.uploads.first)
    #expect(upload.name == "a.txt" && upload.bytes == 4 && form.fields.all.isEmpty)
    #expect(try InputFile.contents(of: upload.file, .found, limit: 9) == Array("text".utf8))
    #expect(try read("file", file: "", []).uploads.isEmpty)
    #expect(try read("title", Array("标题".utf8)).fields["title"] == "标题")
    #expect(throws: FormReader.Refusal(status: 400)) { try read("title", [0xFF]) }
  }

  @Test func `fields have a limit, and the text another`() throws {
    var limits = WebLimits()
    (limits.uploadFieldBytes, limits.uploadTextBytes) = (10, 20)
    for (name, limit) in [("title", 10), ("text", 20)] {
      let most = [UInt8](repeating: 97, count: limit)
      #expect(try read(name, most, limits).fields[name]?.utf8.count == limit)
      #expect(throws: FormReader.Refusal(status: 413)) { try read(name, most + [97], limits) }
    }
  }
}
