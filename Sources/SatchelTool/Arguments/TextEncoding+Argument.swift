import ArgumentParser
import Satchel

extension TextEncoding: ExpressibleByArgument {
  /// Takes every name that pages call an encoding by.
  public init?(argument: String) { self.init(label: argument) }
}
