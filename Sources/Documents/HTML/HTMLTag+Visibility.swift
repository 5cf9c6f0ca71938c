extension HTMLTag {
  /// Whether the page says that the element is not to be shown.
  var isHidden: Bool {
    for attribute in attributes {
      if attribute.isNamed("hidden") { return true }
      if attribute.isNamed("style") && attribute.rawValue.hidesElement { return true }
    }
    return false
  }

  /// Whether an image is a counter rather than a picture: one pixel wide or high, or none.
  var isPixel: Bool {
    [rawValue(of: "width"), rawValue(of: "height")].contains { value in
      let digits = value?.prefix { $0.isASCIIDigit } ?? []
      return digits.elementsEqual([0x30]) || digits.elementsEqual([0x31])
    }
  }
}

extension ArraySlice<UInt8> {
  /// Whether a style holds `display: none` or `visibility: hidden`.
  var hidesElement: Bool {
    let style = String(lowercasingASCII: filter { !$0.isHTMLSpace }[...])
    return style.split(separator: ";").contains {
      $0.hasPrefix("display:none!") || $0.hasPrefix("visibility:hidden!")
        || $0 == "display:none" || $0 == "visibility:hidden"
    }
  }
}

extension HTMLTag {
  /// Whether browsers end an `svg` or a `math` that is open where this tag starts (HTML standard,
  /// section 13.2.6.5).
  var endsForeignContent: Bool { HTMLTag.endingForeignContent.contains(name) }

  /// Whether elements of another language than HTML stand in it.
  var isForeign: Bool { name == "svg" || name == "math" }

  private static let endingForeignContent: Set<String> = Set(
    """
    b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li \
    listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var
    """.split(separator: " ").map(String.init))
}
