import Articles
import Foundation
import GRDB
import Replication

/// An image of an article, by the name that its register has.
package struct NamedImage: Sendable, Hashable {
  /// What follows `image/` (Protocol 5.4).
  package let name: String
  package let hash: ContentHash
  package let isMissing: Bool
}

extension ReplicaStore {
  /// The images that articles name by an address of the web, one for each name.
  package nonisolated func picturesByAddress() async throws(StoreError) -> [NamedImage] {
    try await view { db in
      // Names are bytes, and in their order.
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT field.name, body_use.hash, body_use.missing
          FROM field JOIN body_use ON body_use.field = field.id
          WHERE field.name >= CAST('image/http' AS BLOB)
            AND field.name < CAST('image/httq' AS BLOB)
          GROUP BY field.id
          """)
      var images: [NamedImage] = []
      while let row = try rows.next() {
        if let image = try NamedImage(row) { images.append(image) }
      }
      return images
    }
  }

  /// The images of an article, deleted or not.
  package nonisolated func images(of id: ArticleID) async throws(StoreError) -> [NamedImage] {
    try await view { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          WITH article(id) AS (SELECT id FROM entity WHERE kind = ? AND key = ?),
            used AS (
              SELECT field, hash FROM body_use WHERE entity = (SELECT id FROM article)
              UNION SELECT field, hash FROM bin_use WHERE entity = (SELECT id FROM article))
          SELECT field.name, used.hash,
            NOT EXISTS (SELECT 1 FROM body WHERE body.hash = used.hash) AS missing
          FROM used JOIN field ON field.id = used.field
          """, arguments: [EntityKind.article.number, Data(id.key.bytes)])
      var images: [NamedImage] = []
      while let row = try rows.next() {
        if let image = try NamedImage(row) { images.append(image) }
      }
      return images
    }
  }
}

extension NamedImage {
  /// Nil for a body that is no image.
  fileprivate init?(_ row: Row) throws {
    let field = try Field(bytes: Array(row["name"] as Data))
    guard let name = field.element(after: ArticleField.imagePrefix),
      let hash = ContentHash(bytes: Array(row["hash"] as Data))
    else { return nil }
    self.init(name: name, hash: hash, isMissing: row["missing"])
  }
}
