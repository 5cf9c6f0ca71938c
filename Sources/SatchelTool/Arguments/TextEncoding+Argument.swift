import ArgumentParser
import Satchel

// swift-format-ignore: AvoidRetroactiveConformances
extension TextEncoding: @retroactive ExpressibleByArgument {
  /// Takes every name that pages call an encoding by.
  public init?(argument: String) { self.init(label: argument) }
}
