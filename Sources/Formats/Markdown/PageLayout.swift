import Articles
import Documents
import Files

/// Where an exported article's page and images lie, so that the text's references lead to the images
/// as they are written.
struct PageLayout {
  /// The page, below the exported folder.
  let page: FilePath
  /// The images that have a place, below the exported folder.
  let images: [(place: FilePath, image: ImageDraft)]
  /// The images that none leads to.
  let homeless: [ImageDraft]
  /// Of the images that have a place, those that the text names by an address.
  let pictures: [PlacedPicture]

  /// An article without images is one file. With images it has a folder of its own, in which the
  /// page lies as deep as references to folders above it ask for.
  init(stem: String, images: [ImageDraft]) {
    let home = FilePath(stem)
    guard !images.isEmpty else {
      self.init(page: home.adding(".md"), images: [], homeless: [])
      return
    }
    let layouts = (0...PageLayout.depth).map { PageLayout(home: home, depth: $0, images: images) }
    self = layouts.dropFirst().reduce(layouts[0]) { best, next in
      next.images.count > best.images.count ? next : best
    }
  }
}

extension PageLayout {
  /// References further up are not followed.
  private static let depth = 8

  private init(
    page: FilePath, images: [(place: FilePath, image: ImageDraft)], homeless: [ImageDraft],
    pictures: [PlacedPicture] = []
  ) {
    self.page = page
    self.images = images
    self.homeless = homeless
    self.pictures = pictures
  }

  private init(home: FilePath, depth: Int, images: [ImageDraft]) {
    var folder = home
    for _ in 0..<depth { folder.append("text") }
    let page = folder.pushing(home).adding(".md")
    var placed: [(place: FilePath, image: ImageDraft)] = []
    var homeless: [ImageDraft] = []
    // Some media do not tell capitals from small letters.
    var bytes: [String: [UInt8]] = [:]
    for image in images where !PlacedPicture.isAddress(image.reference) {
      if let place = PagePath(page).resolve(image.reference), place.starts(with: home),
        ImageKind.isImage(fileName: place.lastComponent?.shown ?? ""),
        bytes[place.text.lowercased(), default: image.bytes] == image.bytes
      {
        bytes[place.text.lowercased()] = image.bytes
        placed.append((place, image))
      } else {
        homeless.append(image)
      }
    }
    var pictures: [PlacedPicture] = []
    let way = String(repeating: "../", count: depth) + "pictures/"
    var number = 0
    for image in images where PlacedPicture.isAddress(image.reference) {
      guard let kind = PictureKind(of: image.bytes) else {
        homeless.append(image)
        continue
      }
      var (name, place) = ("", home)
      repeat {
        number += 1
        name = "\(number).\(kind.rawValue)"
        place = home.appending("pictures").appending(name)
      } while bytes[place.text.lowercased()] != nil
      placed.append((place, image))
      pictures.append(PlacedPicture(path: way + name, address: image.reference))
    }
    self.init(page: page, images: placed, homeless: homeless, pictures: pictures)
  }
}
