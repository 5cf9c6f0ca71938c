import Files
import Foundation
import Satchel
import Testing

/// Every refusal is a case a program can tell from others.
struct ErrorTests {
  @Test func `no library, a second one in the same place, a bad invitation`() async throws {
    let house = try Household()
    await #expect {
      try await Library.open(at: FilePath(house.url("none").path), options: house.options("x"))
    } throws: {
      if case LibraryError.store(.noLibrary) = $0 { true } else { false }
    }
    _ = try await house.create("study")
    await #expect {
      try await house.create("study")
    } throws: {
      if case LibraryError.store(.libraryExists) = $0 { true } else { false }
    }
    await #expect {
      try await Library.join(
        "nonsense", at: FilePath(house.url("k").path), name: "k", options: house.options("k"))
    } throws: {
      if case LibraryError.sealing = $0 { true } else { false }
    }
    #expect(!FileManager.default.fileExists(atPath: house.url("k").path))
  }

  @Test func `a secret that is missing or another library's`() async throws {
    let house = try Household()
    _ = try await house.create("study")
    _ = try await house.create("other")
    let secret = house.url("study").appendingPathComponent("secret")
    let mode = try FileManager.default.attributesOfItem(atPath: secret.path)[.posixPermissions]
    #expect(mode as? Int == 0o600)
    try FileManager.default.removeItem(at: secret)
    await #expect {
      try await Library.open(at: FilePath(house.url("study").path), options: house.options("study"))
    } throws: {
      if case LibraryError.secretMissing = $0 { true } else { false }
    }
    try FileManager.default.copyItem(
      at: house.url("other").appendingPathComponent("secret"), to: secret)
    await #expect {
      try await Library.open(at: FilePath(house.url("study").path), options: house.options("study"))
    } throws: {
      if case LibraryError.secretOfAnotherLibrary = $0 { true } else { false }
    }
  }

  @Test func `a name no article, replica or tag bears`() async throws {
    let house = try Household()
    let study = try await house.create("study")
    await #expect {
      try await study.article("abcdef")
    } throws: {
      if case LibraryError.noSuchArticle("abcdef") = $0 { true } else { false }
    }
    await #expect {
      try await study.replica(named: "attic")
    } throws: {
      if case LibraryError.noSuchReplica("attic", []) = $0 { true } else { false }
    }
    await #expect {
      try await study.renameTag("none", to: "some")
    } throws: {
      if case LibraryError.noSuchTag("none", nil) = $0 { true } else { false }
    }
  }

  @Test func `numbers and names out of bounds change nothing`() async throws {
    let house = try Household()
    let study = try await house.create("study")
    let id = try await study.add(house.draft(1)).id
    let before = try await study.status().knowledge
    for attempt in 0..<5 {
      await #expect {
        switch attempt {
        case 0: _ = try await study.setProgress(id, percent: 101)
        case 1: _ = try await study.rate(id, stars: 6)
        case 2: try await study.rename("")
        case 3: try await study.rename(String(repeating: "长", count: 22))
        default: _ = try await study.tag([id], [String(repeating: "x", count: 1_021)])
        }
      } throws: {
        if case LibraryError.invalid = $0 { true } else { false }
      }
    }
    #expect(try await study.status().knowledge == before)
  }

  @Test func `a bundle that is damaged is refused by name, and nothing named is applied`()
    async throws
  {
    let house = try Household()
    let study = try await house.create("study")
    let kitchen = try await house.join(study, as: "kitchen")
    _ = try await study.add(house.draft(1))
    _ = try await study.createBundle(at: house.stick("good.satchel")).result()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: house.stick("good.satchel").string))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(fileURLWithPath: house.stick("bad.satchel").string))
    let before = try await kitchen.status().knowledge
    await #expect {
      try await kitchen.merge([house.stick("good.satchel"), house.stick("bad.satchel")]).result()
    } throws: {
      if case LibraryError.bundle(house.stick("bad.satchel").string, .sealDamaged) = $0 {
        true
      } else {
        false
      }
    }
    #expect(try await kitchen.status().knowledge == before)
    await #expect {
      try await kitchen.merge([house.stick("none.satchel")]).result()
    } throws: {
      if case LibraryError.bundle(_, .file) = $0 { true } else { false }
    }
  }
}
